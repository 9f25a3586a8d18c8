"use client";

import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import type { useListbox } from "./use-listbox.ts";

type ListProps = {
  listbox: ReturnType<typeof useListbox>;
  label: string;
  chosen: readonly string[];
  multiple?: boolean;
};

/** The list under a combobox's field. */
export function OptionList({ listbox, label, chosen, multiple }: ListProps) {
  const { listId, optionId, shown, more, at, setActive, pick } = listbox;
  const activeRow = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that became active is brought into view.
  useEffect(() => {
    activeRow.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className="absolute top-full left-0 z-30 mt-1 w-full min-w-72 max-w-[calc(100vw-3rem)] overflow-hidden rounded-md border border-line bg-surface shadow-lg">
      <div
        id={listId}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple}
        className="max-h-64 overflow-y-auto p-1"
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
          <div
            key={option.value}
            id={optionId(index)}
            ref={index === at ? activeRow : undefined}
            role="option"
            aria-selected={chosen.includes(option.value)}
            onPointerMove={() => setActive(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(option.value)}
            className={`flex cursor-pointer items-center gap-2 rounded px-2 py-1.5 ${index === at ? "bg-raised" : ""}`}
          >
            <Check
              className={`size-3.5 shrink-0 text-accent ${chosen.includes(option.value) ? "" : "invisible"}`}
              aria-hidden
            />
            {option.icon}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{option.label}</span>
              {option.detail && <span className="block truncate text-ink-faint text-xs">{option.detail}</span>}
            </span>
            {option.aside && (
              <span className="tabular shrink-0 text-right text-ink-soft text-xs">
                {option.aside.map((line) => (
                  <span key={line} className="block">
                    {line}
                  </span>
                ))}
              </span>
            )}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="px-3 pb-2.5 text-ink-faint">Nothing matches.</p>}
      {more > 0 && (
        <p className="border-line border-t px-3 py-2 text-ink-faint text-xs">{more} more: type to narrow down.</p>
      )}
    </div>
  );
}
