import { useActionState } from "react";
import { type FormState, typedIn } from "./form-state.ts";
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
