"use client";

import { Plus } from "lucide-react";
import { useMemo, useReducer, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { Option } from "#components/ui/use-listbox.ts";
import { mostNodes } from "../new/draft.ts";
import { describeSize, sizesIn } from "../new/sizes.ts";
import { useMetadata } from "../new/use-metadata.ts";
import { ChangePlan } from "./change-plan.tsx";
import {
  changeScale,
  isChanged,
  portProblems,
  remaining,
  type ScaleBody,
  type ScaleNode,
  scaleBody,
} from "./scale-draft.ts";
import { ScaleRow } from "./scale-row.tsx";
import { useChangePlan } from "./use-change-plan.ts";

type ScaleProps = {
  id: string;
  name: string;
  providerId: string;
  region: string;
  initial: ScaleNode[];
  packages: readonly Option[];
  /** Goes to the environment's servers, or answers why not. */
  commit: (body: ScaleBody) => Promise<string | undefined>;
};

/** The servers of an environment as they are to be, and what it takes; nothing is done before that has been seen. */
export function ScaleForm({ id, name, providerId, region, initial, packages, commit }: ScaleProps) {
  const [nodes, change] = useReducer(changeScale, initial);
  const { metadata, problem, retry } = useMetadata(providerId, region);
  const sizes = useMemo(
    () => sizesIn(metadata, region).map((size) => ({ value: size.id, label: size.id, detail: describeSize(size) })),
    [metadata, region],
  );
  const stay = remaining(nodes);
  const mistyped = useMemo(() => portProblems(nodes), [nodes]);
  const asked = isChanged(nodes) && mistyped.size === 0;
  const body = useMemo(() => scaleBody(nodes), [nodes]);
  const { plan, problems } = useChangePlan(id, asked ? JSON.stringify(body) : "");
  const byNode = (key: number) => {
    const expose = mistyped.get(key);
    const place = stay.findIndex((node) => node.key === key);
    return expose ? { expose } : errorsOf(problems, place);
  };
  const rest = problems.filter(({ field }) => !fieldOf(field));
  return (
    <div className="flex flex-col gap-5">
      {problem && (
        <Notice tone="bad" actions={<Button onClick={retry}>Try again</Button>}>
          {problem}
        </Notice>
      )}
      <Card>
        <div className="flex items-center justify-between border-line border-b px-5 py-3">
          <h2 className="font-semibold">
            Nodes <span className="tabular ml-1 font-normal text-ink-faint">{stay.length}</span>
          </h2>
          <Button size="small" onClick={() => change({ do: "add" })} disabled={nodes.length >= mostNodes}>
            <Plus className="size-3.5" aria-hidden />
            Add node
          </Button>
        </div>
        <ul className="divide-y divide-line">
          {nodes.map((node) => (
            <ScaleRow
              key={node.key}
              {...{ node, sizes, packages, change }}
              single={stay.length === 1}
              errors={byNode(node.key)}
            />
          ))}
        </ul>
      </Card>
      <ChangePlan plan={plan} asked={asked} problems={rest.map(({ message }) => message)} />
      <Commit name={name} body={body} ready={plan !== undefined} commit={commit} />
    </div>
  );
}

type CommitProps = { name: string; body: ScaleBody; ready: boolean; commit: ScaleProps["commit"] };

/** Does it; asks first where something is lost. */
function Commit({ name, body, ready, commit }: CommitProps) {
  const [refused, setRefused] = useState<string>();
  const [busy, startTransition] = useTransition();
  const lost = [...body.prune, ...body.remake];
  const label = "Apply the plan";
  if (lost.length > 0)
    return (
      <div>
        <ConfirmButton
          title={`Change ${name}?`}
          confirm={`Destroy ${lost.length === 1 ? "1 server" : `${lost.length} servers`} and go on`}
          danger
          variant="primary"
          disabled={!ready}
          onConfirm={() => commit(body)}
          trigger={label}
        >
          <p>This cannot be undone. Lost for good, with all that is on their disks:</p>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {body.prune.map((node) => (
              <li key={node}>
                the server <strong className="font-semibold text-ink">{node}</strong>
              </li>
            ))}
            {body.remake.map((node) => (
              <li key={node}>
                the server <strong className="font-semibold text-ink">{node}</strong>; a new, empty one takes its name
              </li>
            ))}
          </ul>
        </ConfirmButton>
      </div>
    );
  return (
    <div className="flex flex-col items-start gap-3">
      {refused && <Notice tone="bad">{refused}</Notice>}
      <Button
        variant="primary"
        disabled={!ready || busy}
        aria-busy={busy}
        onClick={() => startTransition(async () => setRefused(await commit(body).catch(sayUnanswered)))}
      >
        {label}
      </Button>
    </div>
  );
}

type Problems = ReturnType<typeof useChangePlan>["problems"];

const fieldOf = (field: string | undefined) => /^nodes\[(\d+)\]\.(name|size|packages|expose)/.exec(field ?? "");

/** What the plan says of the row that is number `index` of those that stay. */
function errorsOf(problems: Problems, index: number): Record<string, string> {
  const mine = problems.flatMap(({ field, message }) => {
    const [, at, part] = fieldOf(field) ?? [];
    return part && Number(at) === index ? [[part, message.replace(/^\S+: /, "")] as const] : [];
  });
  return mine.length > 0 ? Object.fromEntries(mine) : noErrors;
}

const noErrors: Record<string, string> = {};
