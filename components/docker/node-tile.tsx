import { Badge } from "#components/ui/badge.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import type { DockerAct } from "#lib/console/acts.ts";
import type { NodeRow } from "#lib/console/nodes.ts";
import { NodeAvailability } from "./node-availability.tsx";
import { NodeLabels } from "./node-labels.tsx";
import { memoryText } from "./sizes.ts";
import { DockerState } from "./state.tsx";

type TileProps = {
  node: NodeRow;
  act: ((wish: DockerAct) => Promise<string | undefined>) | undefined;
  label: ((state: FormState, form: FormData) => Promise<FormState>) | undefined;
};

/** One node: role, state, resources, labels, and whether it takes tasks. */
export function NodeTile({ node, act, label }: TileProps) {
  const { id, name, role, leader, availability, state, message, address, cpus, memory, engine, platform } = node;
  const { labels, ownLabels } = node;
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto min-w-0 break-all font-semibold">{name}</h2>
        <Badge>{leader ? "leader" : role}</Badge>
        <DockerState state={state} />
        {availability !== "active" && <DockerState state={availability} />}
      </div>
      <p className="text-ink-soft">
        {cpus} {cpus === 1 ? "processor" : "processors"}, {memoryText(memory)} · Docker {engine} · {platform} ·{" "}
        {address}
      </p>
      {message && state !== "ready" && <p className="text-bad text-xs">{message}</p>}
      <ul aria-label={`Labels of ${name}`} className="flex flex-wrap gap-1.5">
        {[...labels, ...ownLabels].map(([key, value]) => (
          <li
            key={key}
            className="max-w-full break-all rounded-md bg-raised px-2 py-0.5 font-mono text-ink-soft text-xs"
          >
            {value ? `${key}=${value}` : key}
          </li>
        ))}
      </ul>
      {act && label && (
        <div className="mt-auto flex flex-wrap gap-2">
          <NodeAvailability id={id} name={name} availability={availability} act={act} />
          <NodeLabels name={name} labels={labels} act={label} />
        </div>
      )}
    </li>
  );
}
