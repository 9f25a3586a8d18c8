import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { monthly, perHour, perMonth } from "#components/ui/money.ts";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { type Column, queryOf, type SizeRow, type SizeSearch, sortOf } from "./size-rows.ts";

/** Rows that are drawn; the rest is found by searching. */
const most = 200;

/** A provider's sizes; a click on a column's head sorts by it. */
export function SizeTable({ rows, search }: { rows: readonly SizeRow[]; search: SizeSearch }) {
  if (rows.length === 0) return <p className="text-ink-soft">No size matches.</p>;
  return (
    <>
      <Table caption="Sizes">
        <thead>
          <tr>
            <SortHead column="size" title="Size" search={search} />
            <SortHead column="cores" title="Cores" search={search} right />
            <SortHead column="memory" title="Memory" search={search} right />
            <HeadCell className="hidden md:table-cell">Disk</HeadCell>
            <SortHead column="price" title="Price" search={search} right />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <Row key={row.id}>
              <Cell>
                <span className="font-medium">{row.id}</span>
                <p className="text-ink-faint text-xs">
                  {[row.family, row.architecture === "arm64" ? "ARM" : ""].filter(Boolean).join(" · ")}
                </p>
              </Cell>
              <Cell className="tabular text-right">{row.cores}</Cell>
              <Cell className="tabular whitespace-nowrap text-right">{row.ram}</Cell>
              <Cell className="hidden text-ink-soft md:table-cell">{row.disk}</Cell>
              <Cell className="tabular whitespace-nowrap text-right">
                <Price row={row} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {rows.length > most && <p className="text-ink-faint">{rows.length - most} more: search to narrow down.</p>}
    </>
  );
}

function Price({ row: { pricePerHour, pricePerMonth } }: { row: SizeRow }) {
  if (pricePerHour === undefined) return <span className="text-ink-faint">–</span>;
  return (
    <>
      {perHour(pricePerHour)}/h
      <p className="text-ink-faint text-xs">
        {pricePerMonth === undefined ? perMonth(pricePerHour) : monthly(pricePerMonth)}
      </p>
    </>
  );
}

type HeadProps = { column: Column; title: string; search: SizeSearch; right?: boolean };

function SortHead({ column, title, search, right }: HeadProps) {
  const { column: sorted, down } = sortOf(search.sort);
  const here = sorted === column;
  const Icon = down ? ArrowDown : ArrowUp;
  return (
    <HeadCell aria-sort={here ? (down ? "descending" : "ascending") : undefined} className={right ? "text-right" : ""}>
      <Link
        href={{ query: queryOf(search, { sort: here && !down ? `-${column}` : column }) }}
        scroll={false}
        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
      >
        {title}
        {here && <Icon className="size-3" aria-hidden />}
      </Link>
    </HeadCell>
  );
}
