import { findPackage, nearestPackage } from "#lib/bootstrap/catalogue.ts";
import type { Context } from "#lib/context.ts";
import { AppError, conflict, type Problem } from "#lib/errors.ts";
import type { TemplateNode } from "#lib/model/templates.ts";
import { environmentShapes } from "../environments/shapes.ts";
import { builtInTemplates } from "./built-in.ts";

/** The servers of a template, stated, or as those of an environment are. */
export type TemplateWish = {
  name: string;
  description: string;
  nodes?: TemplateNode[] | undefined;
  environmentId?: string | undefined;
};

/** The servers that a template is to have, with canonical package names; throws "invalid" naming each field. */
export async function templateNodes(
  ctx: Context,
  { nodes, environmentId }: Pick<TemplateWish, "nodes" | "environmentId">,
): Promise<TemplateNode[]> {
  return environmentId ? environmentShapes(ctx, environmentId) : canonical(nodes ?? []);
}

function canonical(nodes: TemplateNode[]): TemplateNode[] {
  const problems: Problem[] = [];
  const checked = nodes.map((node, index) => {
    const packages = node.packages.map((typed, place) => {
      const found = findPackage(typed);
      const message = `There is no package ${typed}; did you mean ${nearestPackage(typed)}?`;
      if (!found) problems.push({ code: "invalid", field: `nodes[${index}].packages[${place}]`, message });
      return found?.name ?? typed;
    });
    return { ...node, packages: [...new Set(packages)] };
  });
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems: problems.slice(0, 50) });
  return checked;
}

export const nameTaken = (name: string) => conflict(`There is a template named ${name} already.`, "name");

/** Throws "conflict" for the name of a template that comes with CloudHero. */
export function refuseBuiltInName(name: string): void {
  if (builtInTemplates.some((template) => template.name.toLowerCase() === name.toLowerCase())) throw nameTaken(name);
}
