"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Role } from "#lib/model/roles.ts";
import { AskFirst } from "./ask-first.tsx";
import { readCommand } from "./commands.ts";
import { ItemList } from "./item-list.tsx";
import { type Item, itemsFor, verbsFor } from "./items.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { useFound } from "./use-found.ts";

export type View = "search" | "shortcuts";
type PaletteProps = { role: Role; view: View; onClose: () => void };
type Asked = Extract<Item, { ask: unknown }>["ask"];

/** Everything by its name: environments, actions, pages. Focus stays in the field; the list is walked by the arrows. */
export function Palette({ role, view: first, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState<View>(first);
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the dialog has it already.
    <dialog
      ref={dialog}
      aria-label={view === "shortcuts" ? "Keyboard shortcuts" : "Search and commands"}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      className="mt-[12vh] mb-auto w-[calc(100vw-2rem)] max-w-xl overflow-hidden rounded-xl border border-line bg-surface p-0 shadow-2xl"
    >
      {view === "shortcuts" ? (
        <Shortcuts role={role} />
      ) : asked ? (
        <AskFirst {...asked} onBack={() => setAsked(undefined)} onDone={() => dialog.current?.close()} />
      ) : (
        <Search
          role={role}
          onAsk={setAsked}
          onShortcuts={() => setView("shortcuts")}
          onDone={() => dialog.current?.close()}
        />
      )}
    </dialog>
  );
}

type SearchProps = { role: Role; onAsk: (asked: Asked) => void; onShortcuts: () => void; onDone: () => void };

function Search({ role, onAsk, onShortcuts, onDone }: SearchProps) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [problem, setProblem] = useState<string>();
  const { verb, rest } = readCommand(text, verbsFor(role));
  const { found, problem: unfound, busy } = useFound(rest, verb?.among ?? {});
  const items = itemsFor(text, role, found);
  const at = Math.min(active, items.length - 1);
  const type = (typed: string) => {
    setText(typed);
    setActive(0);
  };
  const choose = async (item: Item | undefined) => {
    if (!item) return;
    if ("type" in item) return type(item.type);
    if ("ask" in item) return onAsk(item.ask);
    if ("go" in item) router.push(item.go);
    else if ("copy" in item) {
      const refused = await copy(item.copy);
      if (refused) return setProblem(refused);
    } else {
      await item.act();
      if (item.stay) return onShortcuts();
    }
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive((at + 1) % Math.max(items.length, 1));
    else if (event.key === "ArrowUp") setActive((at - 1 + items.length) % Math.max(items.length, 1));
    else if (event.key === "Home" && event.ctrlKey) setActive(0);
    else if (event.key === "End" && event.ctrlKey) setActive(items.length - 1);
    else if (event.key === "Enter") void choose(items[at]);
    else if (event.key === "Escape" && text) type("");
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Search environments, pages and actions"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={items[at] ? `${listId}-${at}` : undefined}
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type in.
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder="Search environments, pages and actions"
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-13 w-full border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-faint"
      />
      <ItemList id={listId} items={items} at={at} onPoint={setActive} onChoose={(item) => void choose(item)} />
      {(problem ?? unfound) && (
        <p role="alert" className="border-line border-t px-4 py-2.5 text-bad">
          {problem ?? unfound}
        </p>
      )}
      {items.length === 0 && !busy && (
        <p className="px-4 pb-4 text-ink-faint">
          {verb ? "No such environment to do that to." : "Nothing is called that."}
        </p>
      )}
      <p role="status" className="sr-only">
        {items.length} found
      </p>
    </>
  );
}

/** Browsers copy only where the connection is secure; the id is said instead, to be copied by hand. */
async function copy(id: string): Promise<string | undefined> {
  try {
    await navigator.clipboard.writeText(id);
  } catch {
    return `This browser does not let us copy here. The id is ${id}`;
  }
}
