import { Download, ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AuditFilters, type AuditSearch } from "#components/audit/audit-filters.tsx";
import { AuditTable } from "#components/audit/audit-table.tsx";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { buttonClass } from "#components/ui/button-look.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { list as contract } from "#lib/api/contracts/audit.ts";
import { parse } from "#lib/api/parse.ts";
import type { Context } from "#lib/context.ts";
import { listAudit } from "#lib/domain/audit/list.ts";
import { AppError } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";

export const metadata: Metadata = { title: "Audit log" };

const pageSize = 50;
const path = "/dashboard/audit";
const lead = "Who did what, when and from where. Entries are written with the change itself, and never altered.";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const { cursor, ...search } = given(await searchParams);
  const ctx = await pageContext(`${path}?${new URLSearchParams(search)}`);
  if (!includesRole(ctx.role, "admin"))
    return (
      <>
        <PageHeader title="Audit log" lead={lead} />
        <RoleNeeded needed="admin" mine={ctx.role} what="The audit log is" />
      </>
    );
  const { entries, problem } = await read(ctx, search, cursor);
  const next = entries.length === pageSize ? entries.at(-1)?.id : undefined;
  return (
    <>
      <PageHeader
        title="Audit log"
        lead={lead}
        actions={
          <a href={`/audit?${new URLSearchParams({ ...search, format: "csv" })}`} download className={buttonClass({})}>
            <Download className="size-4" aria-hidden />
            Download CSV
          </a>
        }
      />
      <AuditFilters search={search} />
      {problem && <Notice tone="bad">{problem}</Notice>}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {entries.length === 0 && !problem && <Nothing isSearch={Object.keys(search).length > 0} />}
      {(next ?? cursor) && (
        <div className="mt-4 flex justify-center gap-2">
          {cursor && <ButtonLink href={{ query: search }}>Newest</ButtonLink>}
          {next && <ButtonLink href={{ query: { ...search, cursor: next } }}>Older</ButtonLink>}
        </div>
      )}
    </>
  );
}

/** What the URL asks for; empty fields of the form ask for nothing. */
function given(params: Awaited<Props["searchParams"]>): AuditSearch & { cursor?: string } {
  const known = ["actor", "action", "target", "since", "until", "cursor"];
  const set = Object.entries(params).filter(
    ([name, value]) => known.includes(name) && typeof value === "string" && value,
  );
  return Object.fromEntries(set) as AuditSearch;
}

/** The entries, or what is wrong with the URL. */
async function read(ctx: Context, search: AuditSearch, cursor: string | undefined) {
  try {
    const { format: _, ...query } = parse(contract.query, { ...search, cursor, limit: pageSize });
    return { entries: await listAudit(ctx, query), problem: undefined };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { entries: [], problem: error.message };
    throw error;
  }
}

function Nothing({ isSearch }: { isSearch: boolean }) {
  if (!isSearch)
    return (
      <EmptyState icon={<ScrollText aria-hidden />} title="Nothing has happened yet">
        Each change that a person or a script makes will stand here.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="Nothing matches"
      actions={
        <a href={path} className={buttonClass({})}>
          Show all of it
        </a>
      }
    >
      No entry has this person, action and time together.
    </EmptyState>
  );
}
