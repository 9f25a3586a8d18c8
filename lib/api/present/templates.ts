import type { TemplateView } from "#lib/domain/templates/view.ts";

/** A template in the API's words. */
export const presentTemplate = (template: TemplateView) => ({
  id: template.id,
  name: template.name,
  description: template.description,
  built_in: template.builtIn,
  created_at: template.createdAt,
  nodes: template.nodes.map(({ name, size, need, packages, expose }) => ({
    name,
    size,
    min_cores: need?.cores ?? null,
    min_memory_gib: need?.gib ?? null,
    packages,
    expose,
  })),
});
