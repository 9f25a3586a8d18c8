import type { Need } from "./sizing.ts";
import type { Ingress } from "./wishes.ts";

/** A server of a template: a size by name, how big it must be at least, or both; the name counts where it can be had. */
export type TemplateNode = {
  name: string;
  size: string | null;
  need: Need | null;
  packages: string[];
  expose: Ingress[];
};
