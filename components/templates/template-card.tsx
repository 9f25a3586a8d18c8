import { PackageIcon } from "#components/environments/package-icon.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import type { TemplateView } from "#lib/domain/templates/view.ts";
import { describeNeed } from "#lib/model/sizing.ts";
import type { TemplateNode } from "#lib/model/templates.ts";
import { EditTemplate } from "./edit-template.tsx";

/** Nodes that are shown by name; the rest is counted. */
const shown = 4;

type CardProps = {
  template: TemplateView;
  usable: boolean;
  change: ((state: FormState, form: FormData) => Promise<FormState>) | undefined;
  remove: (() => Promise<string | undefined>) | undefined;
};

/** What a template makes, and what can be done with it. */
export function TemplateCard({ template, usable, change, remove }: CardProps) {
  const { id, name, description, nodes, createdAt } = template;
  return (
    <li className="min-w-0">
      <Card className="flex h-full flex-col gap-3 p-5">
        <div>
          <h3 className="break-words font-semibold">{name}</h3>
          {description && <p className="break-words text-ink-soft">{description}</p>}
        </div>
        <ul className="flex flex-1 flex-col gap-1.5">
          {nodes.slice(0, shown).map((node) => (
            <NodeLine key={node.name} node={node} />
          ))}
          {nodes.length > shown && <li className="text-ink-faint text-xs">and {nodes.length - shown} more</li>}
        </ul>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="text-ink-faint text-xs">
            {createdAt && (
              <>
                saved <RelativeTime at={createdAt.toISOString()} />
              </>
            )}
          </span>
          <span className="flex items-center gap-1">
            {change && <EditTemplate name={name} description={description} change={change} />}
            {remove && (
              <RemoveButton what={`template ${name}`} remove={remove}>
                Environments that were made from it stay as they are.
              </RemoveButton>
            )}
            {usable && (
              <ButtonLink href={`/dashboard/environments/new?template=${id}`} aria-label={`Use ${name}`}>
                Use
              </ButtonLink>
            )}
          </span>
        </div>
      </Card>
    </li>
  );
}

function NodeLine({ node: { name, size, need, packages, expose } }: { node: TemplateNode }) {
  const open = expose.length > 0 ? `open ${expose.map(({ port }) => port).join(", ")}` : "";
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <span className="break-all font-medium font-mono text-xs">{name}</span>
      <span className="text-ink-faint text-xs">
        {[size ?? (need && `at least ${describeNeed(need)}`), open].filter(Boolean).join(" · ")}
      </span>
      <span className="flex flex-wrap gap-x-2 text-ink-soft text-xs">
        {packages.map((one) => (
          <span key={one} className="inline-flex items-center gap-1">
            <PackageIcon name={one} className="size-3" />
            {one}
          </span>
        ))}
      </span>
    </li>
  );
}
