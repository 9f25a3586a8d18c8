import { useActionState } from "react";
import type { FormState } from "./form-state.ts";
import { sayUnanswered } from "./unanswered.ts";

/** A form's state and what sends it. A lost connection is told as a refusal is, and what was typed stays. */
export function useForm<S extends FormState>(act: (state: S, form: FormData) => Promise<S>, initial: S) {
  const send = async (state: S, form: FormData): Promise<S> => {
    try {
      return await act(state, form);
    } catch (error) {
      return { ...initial, message: sayUnanswered(error), values: typedIn(form) };
    }
  };
  return useActionState(send as (state: Awaited<S>, form: FormData) => Promise<S>, initial as Awaited<S>);
}

/** What fields hold; several of a name as one text. */
function typedIn(form: FormData): Record<string, string> {
  const names = [...new Set(form.keys())];
  return Object.fromEntries(names.map((name) => [name, form.getAll(name).filter(isText).join(",")]));
}

const isText = (value: FormDataEntryValue): value is string => typeof value === "string";
