"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { TextAreaField } from "#components/ui/field.tsx";
import { curlOf } from "./curl.ts";
import type { Draft } from "./draft.ts";
import { draftFrom } from "./draft-from.ts";
import { readYaml, yamlOf } from "./yaml.ts";

type SameProps = { draft: Draft; origin: string; onPaste: (draft: Draft) => void };
const tabs = ["curl", "YAML", "Paste YAML"] as const;

/** What the form says, as a request and as YAML; and YAML into the form. */
export function SameBy({ draft, origin, onPaste }: SameProps) {
  const [at, setAt] = useState(0);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (at + step + tabs.length) % tabs.length;
    setAt(next);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div className="flex flex-col gap-3">
      <div role="tablist" aria-label="The same by" onKeyDown={onKeyDown} className="flex gap-1">
        {tabs.map((title, index) => (
          <button
            key={title}
            type="button"
            role="tab"
            id={`${id}-${index}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setAt(index)}
            className="h-8 rounded-md px-3 font-medium text-ink-soft hover:bg-raised hover:text-ink aria-selected:bg-raised aria-selected:text-ink"
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {at === 0 && <CodeBlock code={curlOf(draft, origin)} label="request" />}
        {at === 1 && <CodeBlock code={yamlOf(draft)} label="YAML" />}
        {at === 2 && <Paste draft={draft} onPaste={onPaste} />}
      </div>
    </div>
  );
}

function Paste({ draft, onPaste }: Omit<SameProps, "origin">) {
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<string[]>([]);
  const fill = async () => {
    const { value, problem } = await readYaml(text);
    const read = problem ? { problems: [problem] } : draftFrom(value, draft);
    setProblems(read.problems ?? []);
    if (!("draft" in read) || !read.draft) return;
    onPaste(read.draft);
    setText("");
  };
  return (
    <div className="flex flex-col gap-3">
      <TextAreaField
        label="YAML of an environment, or JSON"
        name="yaml"
        rows={10}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={problems[0]}
        hint="As this page shows it. It replaces what the form says; you can undo that."
      />
      {problems.length > 1 && (
        <ul className="list-disc pl-5 text-bad text-xs">
          {problems.slice(1).map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <div>
        <Button onClick={fill} disabled={!text.trim()}>
          Fill in the form
        </Button>
      </div>
    </div>
  );
}
