"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { DraftChange } from "./change-draft.ts";
import { type DraftNode, mostNodes } from "./draft.ts";

/** Loaded when it is opened. */
const Multiply = lazy(() => import("./multiply-dialog.tsx").then((file) => ({ default: file.MultiplyDialog })));

/** Drawn by the server: each takes a sixth of a kilobyte of script. */
export type NodeIcons = Record<"add" | "up" | "down" | "duplicate" | "multiply" | "remove", ReactNode>;

type MovesProps = {
  node: DraftNode;
  index: number;
  count: number;
  icons: NodeIcons;
  change: (change: DraftChange) => void;
};

/** What can be done with a row as a whole: moved, duplicated, multiplied, removed. */
export function NodeMoves({ node, index, count, icons, change }: MovesProps) {
  const { key, name } = node;
  const [multiplying, setMultiplying] = useState<boolean>();
  const full = count >= mostNodes;
  return (
    <div className="flex gap-0.5 self-start sm:col-span-2 xl:col-span-1 xl:pt-6.5">
      <Move
        label={`Move ${name} up`}
        icon={icons.up}
        disabled={index === 0}
        act={() => change({ do: "move-node", key, by: -1 })}
      />
      <Move
        label={`Move ${name} down`}
        icon={icons.down}
        disabled={index === count - 1}
        act={() => change({ do: "move-node", key, by: 1 })}
      />
      <Move
        label={`Duplicate ${name}`}
        icon={icons.duplicate}
        disabled={full}
        act={() => change({ do: "duplicate-node", key })}
      />
      <Move label={`Make several of ${name}`} icon={icons.multiply} disabled={full} act={() => setMultiplying(true)} />
      <Move
        label={`Remove ${name}`}
        icon={icons.remove}
        disabled={count === 1}
        act={() => change({ do: "remove-node", key })}
      />
      {multiplying !== undefined && (
        <Suspense>
          <Multiply
            open={multiplying}
            node={node}
            most={mostNodes - count + 1}
            onClose={() => setMultiplying(false)}
            onMultiply={(multiplied) => change({ do: "multiply-node", multiplied })}
          />
        </Suspense>
      )}
    </div>
  );
}

type MoveProps = { label: string; icon: ReactNode; disabled: boolean; act: () => void };

/** Where it cannot act it stays focusable, so that a row that has reached the end keeps the keyboard. */
function Move({ label, icon, disabled, act }: MoveProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && act()}
      className={disabled ? "opacity-40" : ""}
    >
      {icon}
    </Button>
  );
}
