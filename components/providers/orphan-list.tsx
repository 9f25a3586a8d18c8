"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { perMonth } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";

export type OrphanRow = {
  id: string;
  kind: string;
  name: string;
  region: string;
  /** "t3.small, stopped", "20 GiB". */
  detail: string;
  createdAt: string | null;
  pricePerHour: number | null;
};
type Removed = { problem?: string; refused: { id: string; reason: string }[] };
type ListProps = { orphans: OrphanRow[]; remove?: (ids: string[]) => Promise<Removed> };

/** What is to be removed is chosen, and what the cloud still holds on to says so in its row. */
export function OrphanList({ orphans, remove }: ListProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Removed["refused"]>([]);
  const wanted = orphans.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const isAll = wanted.length === orphans.length;
  const act = async () => {
    const answer = await remove?.(wanted.map(({ id }) => id));
    setRefused(answer?.refused ?? []);
    setChosen(new Set());
    return answer?.problem;
  };
  return (
    <div className="flex flex-col gap-4">
      {refused.length > 0 && (
        <Notice tone="warn">
          {refused.length === 1 ? "One thing is" : `${refused.length} things are`} still there; the reason stands in its
          row.
        </Notice>
      )}
      <Table caption="Orphans">
        <thead>
          <tr>
            {remove && (
              <HeadCell className="w-0">
                <input
                  type="checkbox"
                  aria-label="Choose all"
                  checked={isAll}
                  onChange={() => setChosen(isAll ? new Set() : new Set(orphans.map(({ id }) => id)))}
                  className="size-4 accent-accent"
                />
              </HeadCell>
            )}
            <HeadCell>What</HeadCell>
            <HeadCell className="hidden sm:table-cell">Region</HeadCell>
            <HeadCell className="hidden md:table-cell">Age</HeadCell>
            <HeadCell className="text-right">Cost</HeadCell>
          </tr>
        </thead>
        <tbody>
          {orphans.map((orphan) => (
            <OrphanTableRow
              key={orphan.id}
              orphan={orphan}
              chosen={chosen.has(orphan.id)}
              toggle={remove && (() => toggle(orphan.id))}
              reason={refused.find(({ id }) => id === orphan.id)?.reason}
            />
          ))}
        </tbody>
      </Table>
      {remove && (
        <div>
          <ConfirmButton
            title={`Remove ${wanted.length === 1 ? "one thing" : `${wanted.length} things`} for good?`}
            confirm="Remove"
            danger
            variant="danger"
            disabled={wanted.length === 0}
            onConfirm={act}
            trigger={`Remove ${wanted.length || ""} selected`}
          >
            <p>With all data on them, and there is no way back:</p>
            <ul className="max-h-48 list-disc overflow-y-auto pl-5">
              {wanted.map(({ id, kind, name }) => (
                <li key={id} className="break-all">
                  {kind} {name}
                </li>
              ))}
            </ul>
          </ConfirmButton>
        </div>
      )}
    </div>
  );
}

type RowProps = { orphan: OrphanRow; chosen: boolean; toggle: (() => void) | undefined; reason: string | undefined };

function OrphanTableRow({ orphan, chosen, toggle, reason }: RowProps) {
  const { id, kind, name, region, detail, createdAt, pricePerHour } = orphan;
  return (
    <Row>
      {toggle && (
        <Cell>
          <input
            type="checkbox"
            aria-label={`Choose ${kind} ${name}`}
            checked={chosen}
            onChange={toggle}
            className="size-4 accent-accent"
          />
        </Cell>
      )}
      <Cell>
        <div className="flex flex-wrap items-center gap-2">
          <Badge>{kind}</Badge>
          <span className="break-all font-medium">{name}</span>
        </div>
        <p className="break-all font-mono text-ink-faint text-xs">
          {id}
          {detail && ` · ${detail}`}
        </p>
        {reason && <p className="text-warn text-xs">{reason}</p>}
      </Cell>
      <Cell className="hidden text-ink-soft sm:table-cell">{region || "account-wide"}</Cell>
      <Cell className="hidden text-ink-soft md:table-cell">
        {createdAt ? <RelativeTime at={createdAt} /> : "unknown"}
      </Cell>
      <Cell className="tabular text-right text-ink-soft">{pricePerHour === null ? "–" : perMonth(pricePerHour)}</Cell>
    </Row>
  );
}
