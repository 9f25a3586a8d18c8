import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { inWords } from "#lib/model/audit-words.ts";
import { type DetailLine, detailLines, nameIn } from "./details.ts";

export type Entry = {
  id: string;
  at: Date;
  actor: string;
  action: string;
  target: string | null;
  details: Record<string, unknown> | null;
  address: string | null;
};

export function AuditTable({ entries }: { entries: Entry[] }) {
  return (
    <Table caption="Audit log, newest first">
      <thead>
        <tr>
          <HeadCell>When</HeadCell>
          <HeadCell>Who did what</HeadCell>
          <HeadCell className="hidden md:table-cell">From</HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id}>
            <Cell className="w-0 align-top text-ink-soft">
              <RelativeTime at={entry.at.toISOString()} />
            </Cell>
            <Cell className="align-top">
              <Sentence entry={entry} />
              <Details lines={detailLines(entry.details, subjectOf(entry.action))} />
              {entry.address && <p className="mt-1 font-mono text-ink-faint text-xs md:hidden">from {entry.address}</p>}
            </Cell>
            <Cell className="hidden w-0 whitespace-nowrap align-top font-mono text-ink-soft text-xs md:table-cell">
              {entry.address ?? "–"}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Where the target of an action has a page. */
const pages: [RegExp, string][] = [
  [/^(environment|node|credentials|certificate|docker|terminal)\./, "/dashboard/environments"],
  [/^provider\./, "/dashboard/providers"],
  [/^integration\./, "/dashboard/integrations/registries"],
  [/^webhook\./, "/dashboard/integrations/webhooks"],
];

/** What is on the organisation as a whole names nothing else. */
const isItsOwn = (action: string) => /^(account|organisation)\./.test(action);

const subjectOf = (action: string) => (action === "member.role" ? "role" : "name");

function Sentence({ entry: { actor, action, target, details } }: { entry: Entry }) {
  const name = nameIn(details) ?? (target && !isItsOwn(action) ? target : "");
  const page = action.endsWith(".delete") ? undefined : pages.find(([pattern]) => pattern.test(action))?.[1];
  return (
    <p className="break-words">
      <span className="font-medium">{actor}</span> <span className="text-ink-soft">{inWords(action)}</span>{" "}
      {page && target ? (
        <Link href={`${page}/${target}`} prefetch={false} className="rounded-sm font-medium hover:underline">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
    </p>
  );
}

function Details({ lines }: { lines: DetailLine[] }) {
  if (lines.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-0.5 text-xs">
      {lines.map(({ label, before, after }) => (
        <div key={label} className="flex flex-wrap gap-x-1.5">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="min-w-0 break-words text-ink-soft">
            {before !== undefined && (
              <>
                <del className="decoration-ink-faint">{before}</del> <span aria-hidden>→ </span>
              </>
            )}
            {before === undefined ? after : <ins className="text-ink no-underline">{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
