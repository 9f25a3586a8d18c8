"use client";

import Link from "next/link";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextAreaField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { StackWish } from "#lib/console/stacks/plan.ts";
import { ComposeUpload } from "./compose-upload.tsx";
import { type Deployed, refusedBy } from "./deployed.ts";
import { example } from "./example.ts";
import { PlanSteps } from "./plan-steps.tsx";

type DeployProps = {
  own: string;
  name: string | undefined;
  plan: (wish: StackWish) => Promise<Deployed>;
  deploy: (wish: StackWish) => Promise<Deployed>;
};

/** A Compose file, what it would do, and then does. A plan holds for what was typed: any change asks for another. */
export function DeployForm({ own, name: given, plan, deploy }: DeployProps) {
  const [name, setName] = useState(given ?? "");
  const [file, setFile] = useState("");
  const [variables, setVariables] = useState<Record<string, string>>({});
  const [prune, setPrune] = useState(false);
  const [seen, setSeen] = useState<Deployed>();
  const [stage, setStage] = useState<"typing" | "planned" | "done">("typing");
  const [busy, startTransition] = useTransition();
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setStage("typing");
    };
  const run = (verb: DeployProps["plan"], next: "planned" | "done") =>
    startTransition(async () => {
      const named = Object.entries(variables).filter(([, value]) => value !== "");
      const wish = { name: name.trim(), file, variables: Object.fromEntries(named), prune };
      const answer = await verb(wish).catch((error) => refusedBy(sayUnanswered(error), seen));
      setSeen(answer);
      setStage(answer.plan ? next : "typing");
    });
  const steps = seen?.plan?.steps ?? [];
  const canDeploy = stage === "planned" && !steps.some(({ change }) => change === "refused");
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        run(plan, "planned");
      }}
    >
      <TextField
        label="Stack"
        name="name"
        value={name}
        onChange={(event) => changed(setName)(event.target.value)}
        hint="All that the file makes bears this name. Deploying under a name that is there changes that stack."
        className="max-w-sm"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <div className="flex flex-col gap-2">
        <TextAreaField
          label="Compose file"
          name="file"
          rows={18}
          value={file}
          onChange={(event) => changed(setFile)(event.target.value)}
          placeholder={example}
          required
        />
        <div className="flex flex-wrap gap-2">
          <ComposeUpload onRead={changed(setFile)} />
          {file === "" && (
            <Button size="small" variant="ghost" onClick={() => changed(setFile)(example)}>
              Start from the example
            </Button>
          )}
        </div>
      </div>
      {(seen?.variables.length ?? 0) > 0 && (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-medium text-sm">Variables that the file names</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {seen?.variables.map(({ name: variable, fallback }) => (
              <TextField
                key={variable}
                label={variable}
                name={`variable-${variable}`}
                value={variables[variable] ?? ""}
                onChange={(event) => changed(setVariables)({ ...variables, [variable]: event.target.value })}
                placeholder={fallback ?? undefined}
                hint={fallback === null ? "has no value in the file" : undefined}
                autoComplete="off"
                spellCheck={false}
              />
            ))}
          </div>
        </fieldset>
      )}
      <label className="flex w-fit items-center gap-2 text-ink-soft">
        <input
          type="checkbox"
          checked={prune}
          onChange={(event) => changed(setPrune)(event.target.checked)}
          className="size-4 accent-accent"
        />
        Remove the stack’s services that the file has no more
      </label>
      <div aria-live="polite" className="flex flex-col gap-4">
        {seen && seen.problems.length > 0 && (
          <Notice tone="bad">
            <ul className="flex flex-col gap-1">
              {seen.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </Notice>
        )}
        {seen?.plan && stage !== "typing" && <PlanSteps plan={seen.plan} done={stage === "done"} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant={canDeploy ? "secondary" : "primary"} disabled={busy} aria-busy={busy}>
          {stage === "done" ? "Plan again" : "Show the plan"}
        </Button>
        {canDeploy && (
          <Button variant="primary" onClick={() => run(deploy, "done")} disabled={busy} aria-busy={busy}>
            Deploy
          </Button>
        )}
        {stage === "done" && (
          <Link href={`${own}/stacks/${encodeURIComponent(name.trim())}`} className="rounded-sm font-medium underline">
            See the stack
          </Link>
        )}
      </div>
    </form>
  );
}
