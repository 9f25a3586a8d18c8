"use client";

import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { sortProblems } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { Problem } from "#lib/errors.ts";
import { curlOf } from "./curl.ts";
import { bodyOf, changeDraft, type Draft, type DraftChange } from "./draft.ts";
import { answered, gapsIn } from "./gaps.ts";
import { LaunchSection } from "./launch-section.tsx";
import { NodeSection } from "./node-section.tsx";
import { type Choice, PlaceSection } from "./place-section.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { sizesIn, usualSize } from "./sizes.ts";
import { useMetadata } from "./use-metadata.ts";
import { usePlan } from "./use-plan.ts";

/** Why it was not made; and the application that was made on the way, so that a second try uses it. */
export type Refusal = { problems: Problem[]; application?: Choice };

type FormProps = {
  applications: Choice[];
  providers: Choice[];
  packages: Option[];
  initial: Draft;
  origin: string;
  /** Goes to the new environment's page, or answers why not. */
  create: (draft: Draft) => Promise<Refusal>;
};

const known = (field: string) =>
  /^(application_name|application|environment|provider_id|region|image|network|subnet|disk_gib|nodes(\[\d+\]\.(name|size|packages).*)?)$/.test(
    field,
  );

/** Enough for a plan; the application's name has no part in it. */
const isWhole = (draft: Draft) => Object.keys(gapsIn({ ...draft, applicationId: "any" })).length === 0;

export function NewEnvironmentForm({ applications, providers, packages, initial, origin, create }: FormProps) {
  const [draft, dispatch] = useReducer(changeDraft, initial);
  const [made, setMade] = useState<Choice[]>([]);
  const [refused, setRefused] = useState<ReturnType<typeof sortProblems>>({ fields: {} });
  const [busy, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { metadata, problem, retry } = useMetadata(draft.providerId);
  const { metadata: here } = useMetadata(draft.providerId, draft.region);
  const sizes = useMemo(() => sizesIn(here ?? metadata, draft.region), [here, metadata, draft.region]);
  const body = useMemo(() => (isWhole(draft) ? JSON.stringify(bodyOf(draft)) : ""), [draft]);
  const { plan, problems, current } = usePlan(body);
  const planned = sortProblems(problems ?? [], known);
  const change = useCallback((made: DraftChange) => {
    dispatch(made);
    setRefused((earlier) => answered(earlier, made));
  }, []);
  useEffect(() => {
    const [only, other] = Object.entries(metadata?.locations ?? {}).filter(([, { available }]) => available);
    if (only && !other) change({ do: "set", values: { region: only[0] } });
  }, [metadata, change]);
  useEffect(() => {
    const usual = here && usualSize(sizes);
    if (usual && draft.nodes.some(({ size }) => !size)) change({ do: "size-empty-nodes", size: usual.id });
  }, [here, sizes, draft.nodes, change]);
  useEffect(() => {
    if (Object.keys(refused.fields).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [refused]);

  const errors = { ...planned.fields, ...refused.fields };

  const submit = () => {
    const gaps = gapsIn(draft);
    if (Object.keys(gaps).length > 0) return setRefused({ fields: gaps });
    startTransition(async () => {
      const refusal = await create(draft);
      const { application } = refusal;
      if (application) {
        setMade((earlier) => [...earlier, application]);
        change({ do: "set", values: { applicationId: application.id } });
      }
      setRefused(sortProblems(refusal.problems, known));
    });
  };

  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PlaceSection
        {...{ draft, providers, metadata, problem, retry, change }}
        applications={[...applications, ...made]}
        errors={errors}
      />
      {metadata && <LaunchSection draft={draft} choices={metadata.choices} errors={errors} change={change} />}
      <NodeSection nodes={draft.nodes} sizes={sizes} packages={packages} errors={errors} change={change} />
      <HealChoice heal={draft.heal} onChange={(heal) => change({ do: "set", values: { heal } })} />
      <PlanPanel plan={plan} current={current} problems={planned.message ? [planned.message] : []} />
      {refused.message && <Notice tone="bad">{refused.message}</Notice>}
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-surface px-5 py-4">
        <p className="text-ink-soft" aria-live="polite">
          <span className="font-medium text-ink">
            {draft.nodes.length} {draft.nodes.length === 1 ? "server" : "servers"}
          </span>
        </p>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? "Creating …" : "Create environment"}
        </Button>
      </div>
      <details className="group">
        <summary className="w-fit rounded-sm font-medium text-ink-soft hover:text-ink">The same by curl</summary>
        <div className="mt-3">
          <CodeBlock code={curlOf(draft, origin)} label="request" />
        </div>
      </details>
    </form>
  );
}

function HealChoice({ heal, onChange }: { heal: boolean; onChange: (heal: boolean) => void }) {
  return (
    <label className="flex items-start gap-3 rounded-lg border border-line bg-surface px-5 py-4">
      <input
        type="checkbox"
        name="heal"
        checked={heal}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 accent-accent"
      />
      <span>
        <span className="block font-medium">Make lost servers again by itself</span>
        <span className="block text-ink-soft">
          Where a server is removed behind CloudHero’s back, a new, empty one takes its place. Otherwise you are asked.
        </span>
      </span>
    </label>
  );
}
