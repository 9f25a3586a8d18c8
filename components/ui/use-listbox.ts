import { type KeyboardEvent, type ReactNode, useId, useState } from "react";

export type Option = {
  value: string;
  label: string;
  detail?: string;
  /** Other words that find it. */
  words?: string;
  /** Lines at the right end: prices and the like. */
  aside?: readonly string[];
  icon?: ReactNode;
};

/** Rows that are shown at most; the rest is found by typing. */
const most = 60;

/** The options in which every typed word occurs; first those that have a word which begins with what was typed. */
export function matching(options: readonly Option[], query: string): Option[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ label, detail, words }: Option) => `${label} ${words ?? ""} ${detail ?? ""}`.toLowerCase();
  const nameOf = ({ label, words }: Option) => `${label} ${words ?? ""}`.toLowerCase();
  const found = options.filter((option) => typed.every((word) => textOf(option).includes(word)));
  const isNamed = (option: Option) => typed.every((word) => ` ${nameOf(option)}`.includes(` ${word}`));
  return [...found.filter(isNamed), ...found.filter((option) => !isNamed(option))];
}

/** A text field that filters a list and picks from it, by the ARIA combobox pattern. */
export function useListbox(options: readonly Option[], onPick: (value: string) => void) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const all = matching(options, query);
  const shown = all.slice(0, most);
  const at = Math.min(active, shown.length - 1);
  const close = () => {
    setOpen(false);
    setQuery("");
    setActive(0);
  };
  const show = () => setOpen(true);
  const move = (step: number) => {
    setOpen(true);
    if (shown.length > 0) setActive((at + step + shown.length) % shown.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = open ? shown[at] : undefined;
    if (event.key === "ArrowDown") move(open ? 1 : 0);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && open) {
      // What is not found, or not there yet, is no reason to send the form.
      if (picked) onPick(picked.value);
    } else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  };
  const type = (text: string) => {
    setQuery(text);
    setActive(0);
    setOpen(true);
  };
  const optionId = (index: number) => `${listId}-${index}`;
  const field = {
    role: "combobox",
    "aria-expanded": open,
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-activedescendant": open && shown[at] ? optionId(at) : undefined,
    autoComplete: "off",
    spellCheck: false,
    onKeyDown,
    onClick: show,
    onBlur: close,
  } as const;
  return {
    open,
    query,
    type,
    close,
    field,
    listId,
    optionId,
    shown,
    more: all.length - shown.length,
    at,
    setActive,
    pick: onPick,
  };
}
