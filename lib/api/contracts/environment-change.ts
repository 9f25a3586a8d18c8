import { z } from "zod";
import { define } from "../define.ts";
import { changeWish } from "./environment-wish.ts";
import { idParams } from "./fields.ts";

const names = z.array(z.string());

export const planChange = define("POST", "/environments/{id}/plan", {
  tag: "Environments",
  access: "viewer",
  scope: "environments:read",
  summary: "What stating the whole wish again would add, remove, replace and change, and the cost before and after",
  params: idParams,
  body: changeWish,
  result: z.object({
    added: z.array(z.object({ name: z.string(), size: z.string(), packages: names })),
    /** With all that is on their disks; needs "prune". */
    removed: names,
    /** By new, empty servers; needs "remake". */
    replaced: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
    changed: z.array(z.object({ name: z.string(), installed: names, uninstalled: names, ports: z.boolean() })),
    /** US dollars while all of it runs; absent when unknown. */
    price_per_hour_before: z.number().optional(),
    price_per_month_before: z.number().optional(),
    price_per_hour: z.number().optional(),
    price_per_month: z.number().optional(),
    warnings: names,
  }),
});
