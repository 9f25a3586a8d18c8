import type { templates } from "#drizzle/schema/index.ts";
import type { TemplateNode } from "#lib/model/templates.ts";

/** Servers that are made again and again. */
export type TemplateView = {
  id: string;
  name: string;
  description: string;
  nodes: TemplateNode[];
  /** Comes with CloudHero, and cannot be changed. */
  builtIn: boolean;
  createdAt: Date | null;
};

export const viewTemplate = (row: typeof templates.$inferSelect): TemplateView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  nodes: row.nodes,
  builtIn: false,
  createdAt: row.createdAt,
});
