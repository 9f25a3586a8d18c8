"use client";

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { SaveTemplate } from "#components/templates/save-template.tsx";
import { sortProblems } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { DraftChange } from "./change-draft.ts";
import { bodyOf, type Draft } from "./draft.ts";
import { FilledNotice } from "./filled-notice.tsx";
import { answered, gapsIn, isField } from "./gaps.ts";
import type { NodeIcons } from "./node-moves.tsx";
import type { PackageOption } from "./node-row.tsx";
import { NodeSection } from "./node-section.tsx";
import { OptionSection } from "./option-section.tsx";
import { type Choice, PlaceSection } from "./place-section.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { SameByDetails } from "./same-by-details.tsx";
import type { Source } from "./source.ts";
import { SubmitBar } from "./submit-bar.tsx";
import { templateOf } from "./template-of.ts";
import type { Template } from "./template-picker.tsx";
import { type Create, useCreate } from "./use-create.ts";
import { useDraft } from "./use-draft.ts";
import { usePlace } from "./use-place.ts";
import { usePlan } from "./use-plan.ts";

type FormProps = {
  applications: Choice[];
  providers: Choice[];
  packages: PackageOption[];
  templates: Template[];
  icons: NodeIcons;
  initial: Draft;
  /** What it is cloned from. */
  source: Source | undefined;
  /** Under which the draft is kept in this tab. */
  storageKey: string;
  origin: string;
  /** Goes to the new environment's page, or answers why not. */
  create: Create;
};

/** Loaded for a clone. */
const Cloned = lazy(() => import("./cloned.tsx").then((file) => ({ default: file.Cloned })));

/** Enough for a plan; the application's name has no part in it. */
const isWhole = (draft: Draft) => Object.keys(gapsIn({ ...draft, applicationId: "any" })).length === 0;

export function NewEnvironmentForm(props: FormProps) {
  const { providers, packages, templates, icons, initial, source, origin } = props;
  const form = useRef<HTMLFormElement>(null);
  const isThere = useCallback(
    (draft: Draft) => providers.some(({ id }) => id === draft.providerId) && isKnown(props.applications, draft),
    [providers, props.applications],
  );
  const kept = useDraft(props.storageKey, initial, isThere);
  const { draft, dispatch, filled, fill, undo } = kept;
  const { refused, setRefused, tries, busy, made, submit } = useCreate({ ...kept, create: props.create });
  const change = useCallback(
    (next: DraftChange) => {
      dispatch(next);
      setRefused((earlier) => answered(earlier, next));
    },
    [dispatch, setRefused],
  );
  const { metadata, problem, retry, sizes } = usePlace(draft, kept.settle);
  const body = useMemo(() => (isWhole(draft) ? JSON.stringify(bodyOf(draft)) : ""), [draft]);
  const { plan, problems, current } = usePlan(body);
  const planned = sortProblems(problems ?? [], isField);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [tries]);
  const errors = { ...planned.fields, ...refused.fields };
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
      <FilledNotice by={filled?.by} undo={undo} />
      {source && (
        <Suspense>
          <Cloned source={source} draft={draft} choices={metadata?.choices} settle={kept.settle} />
        </Suspense>
      )}
      <PlaceSection
        {...{ draft, providers, metadata, problem, retry, change, errors }}
        applications={[...props.applications, ...made]}
      />
      <NodeSection
        {...{ sizes, packages, templates, icons, errors, change }}
        nodes={draft.nodes}
        onTemplate={({ label, nodes }) => fill(`Filled in from ${label}.`, { do: "use-template", nodes })}
      />
      <OptionSection draft={draft} choices={metadata?.choices} errors={errors} change={change} />
      <PlanPanel plan={plan} current={current} problems={planned.message ? [planned.message] : []} />
      <SameByDetails
        draft={draft}
        origin={origin}
        onPaste={(pasted) => fill("Filled in from what you pasted.", { do: "replace", draft: pasted })}
      />
      {refused.message && <Notice tone="bad">{refused.message}</Notice>}
      <SubmitBar servers={draft.nodes.length} {...{ plan, current, busy }}>
        <SaveTemplate servers={() => templateOf(draft)} suggested={draft.environment} />
      </SubmitBar>
    </form>
  );
}

const isKnown = (applications: readonly Choice[], { applicationId }: Draft): boolean =>
  applicationId === "" || applications.some(({ id }) => id === applicationId);
