import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { changeDraft, type DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import { readStored, store } from "./stored-draft.ts";

/** What filled the form in, and what it was before. */
export type Filled = { by: string; before: Draft };

/**
 * The form's state: it survives a reload of the page under `key`, and what fills in more than one field can be undone.
 * `known`: whether what a kept draft refers to is still there.
 */
export function useDraft(key: string, initial: Draft, known: (draft: Draft) => boolean) {
  const [draft, settle] = useReducer(changeDraft, initial);
  const [filled, setFilled] = useState<Filled>();
  /** Somebody typed: what the form finds for itself is no reason to keep it. */
  const touched = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the page is there.
  useEffect(() => {
    const kept = readStored(key);
    if (!kept || !known(kept)) return;
    touched.current = true;
    settle({ do: "replace", draft: kept });
    setFilled({ by: "What you had begun is here again.", before: initial });
  }, [key]);
  useEffect(() => {
    if (touched.current) store(key, draft);
  }, [key, draft]);
  const dispatch = useCallback((change: DraftChange) => {
    touched.current = true;
    settle(change);
  }, []);
  const fill = (by: string, change: DraftChange) => {
    setFilled({ by, before: draft });
    dispatch(change);
  };
  const undo = () => {
    if (filled) settle({ do: "replace", draft: filled.before });
    touched.current = filled?.before !== initial;
    if (!touched.current) store(key, null);
    setFilled(undefined);
  };
  return { draft, dispatch, settle, filled, fill, undo, forget: () => store(key, null), keep: () => store(key, draft) };
}
