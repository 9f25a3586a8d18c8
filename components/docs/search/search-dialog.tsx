"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import type { SearchEntry } from "#lib/api/reference/search-index.ts";
import { find } from "./find.ts";

/** Once per page. */
let loading: Promise<SearchEntry[]> | undefined;

function load(): Promise<SearchEntry[]> {
  loading ??= fetch("/docs/search.json", { signal: AbortSignal.timeout(15_000) }).then((answer) => {
    if (!answer.ok) throw new Error(`The index answered ${answer.status}.`);
    return answer.json() as Promise<SearchEntry[]>;
  });
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Search the docs" wide>
      <SearchField onClose={onClose} />
    </Dialog>
  );
}

function SearchField({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [entries, setEntries] = useState<SearchEntry[]>();
  const [trouble, setTrouble] = useState("");
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  useEffect(() => {
    field.current?.focus();
    load().then(setEntries, () => setTrouble("The search index did not load. Close this and open it again."));
  }, []);
  const found = entries ? find(entries, query) : [];
  const at = Math.min(active, found.length - 1);
  const go = ({ href }: SearchEntry) => {
    onClose();
    router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) setActive((at + step + found.length) % found.length);
    else if (event.key === "Enter" && found[at]) go(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search the docs"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="An endpoint, a field, an error …"
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        className="h-10 w-full rounded-md border border-line-strong bg-canvas px-3"
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Results"
        tabIndex={-1}
        className="max-h-[50dvh] min-h-24 overflow-y-auto"
      >
        {found.map((entry, index) => (
          <Result
            key={entry.href}
            id={`${listId}-${index}`}
            entry={entry}
            active={index === at}
            onPick={() => go(entry)}
          />
        ))}
      </div>
      <p role="status" className="text-ink-faint text-xs">
        {trouble || summary(query, found.length, entries !== undefined)}
      </p>
    </>
  );
}

function summary(query: string, found: number, loaded: boolean): string {
  if (!query.trim()) return "Arrows choose, Enter opens, Escape closes.";
  if (!loaded) return "Loading the index …";
  return found === 0 ? "Nothing has all of these words." : `${found} found`;
}

type ResultProps = { id: string; entry: SearchEntry; active: boolean; onPick: () => void };

function Result({ id, entry, active, onPick }: ResultProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys.
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onClick={onPick}
      className="cursor-pointer rounded-md px-3 py-2 hover:bg-raised aria-selected:bg-raised"
    >
      <span className="font-medium">{entry.title}</span>
      <span className="ml-2 text-ink-faint text-xs">{entry.chapter}</span>
      {entry.path && <code className="block truncate font-mono text-ink-soft text-xs">{entry.path}</code>}
    </div>
  );
}
