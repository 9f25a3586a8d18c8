import { Fragment, useEffect, useRef } from "react";
import type { Item } from "./items.ts";

type ListProps = {
  id: string;
  items: Item[];
  at: number;
  onPoint: (index: number) => void;
  onChoose: (item: Item) => void;
};

/** The list under the palette's field, in groups; the row that Enter takes is kept in view. */
export function ItemList({ id, items, at, onPoint, onChoose }: ListProps) {
  const activeRow = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that became active is brought into view.
  useEffect(() => {
    activeRow.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div id={id} role="listbox" aria-label="Found" className="max-h-[min(26rem,60vh)] overflow-y-auto p-2">
      {items.map((item, index) => (
        <Fragment key={`${item.group} ${item.key}`}>
          {item.group !== items[index - 1]?.group && (
            <div role="presentation" className="px-2 pt-2 pb-1 font-medium text-ink-faint text-xs">
              {item.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus. */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys. */}
          <div
            id={`${id}-${index}`}
            ref={index === at ? activeRow : undefined}
            role="option"
            aria-selected={index === at}
            onPointerMove={() => onPoint(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(item)}
            className={`flex cursor-pointer items-center gap-3 rounded-md px-2 py-2 ${index === at ? "bg-raised" : ""}`}
          >
            <item.Icon className="size-4 shrink-0 text-ink-faint" aria-hidden />
            <span className="min-w-0 flex-1 truncate">{item.label}</span>
            {item.detail && <span className="max-w-[45%] truncate text-ink-faint text-xs">{item.detail}</span>}
            {item.shortcut && <kbd className="font-sans text-ink-faint text-xs">{item.shortcut}</kbd>}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
