import { type Dispatch, useState, useTransition } from "react";
import { sortProblems } from "#components/ui/form-state.ts";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { Problem } from "#lib/errors.ts";
import type { DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import { gapsIn, isField } from "./gaps.ts";
import type { Choice } from "./place-section.tsx";

/** Why it was not made; and the application that was made on the way, so that a second try uses it. */
export type Refusal = { problems: Problem[]; application?: Choice };
export type Create = (draft: Draft) => Promise<Refusal>;

type Given = {
  draft: Draft;
  dispatch: Dispatch<DraftChange>;
  create: Create;
  /** Of the draft that this tab keeps. */
  forget: () => void;
  keep: () => void;
};

const refusedAs = (error: unknown): Refusal => ({
  problems: [{ code: "unavailable", message: sayUnanswered(error) }],
});

/** Sends the form; `made` are applications that a refused try has left behind, `tries` counts the refusals. */
export function useCreate({ draft, dispatch, create, forget, keep }: Given) {
  const [made, setMade] = useState<Choice[]>([]);
  const [refused, setRefused] = useState<ReturnType<typeof sortProblems>>({ fields: {} });
  const [tries, setTries] = useState(0);
  const [busy, startTransition] = useTransition();
  const refuse = (found: ReturnType<typeof sortProblems>) => {
    setRefused(found);
    setTries((count) => count + 1);
  };
  const submit = () => {
    const gaps = gapsIn(draft);
    if (Object.keys(gaps).length > 0) return refuse({ fields: gaps });
    startTransition(async () => {
      forget();
      const { problems, application } = await create(draft).catch(refusedAs);
      keep();
      if (application) {
        setMade((earlier) => [...earlier, application]);
        dispatch({ do: "set", values: { applicationId: application.id } });
      }
      refuse(sortProblems(problems, isField));
    });
  };
  return { refused, setRefused, tries, busy, made, submit };
}
