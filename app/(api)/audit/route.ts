import * as audit from "#lib/api/contracts/audit.ts";
import { csvDownload } from "#lib/api/csv.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { auditColumns, auditPages } from "#lib/api/present/audit.ts";
import { everyAuditPage, listAudit } from "#lib/domain/audit/list.ts";

export const GET = handle(audit.list, async ({ ctx, query: { format, ...query }, request }) => {
  const accepted = /\btext\/csv\b/.test(request.headers.get("accept") ?? "");
  if ((format ?? (accepted ? "csv" : "json")) === "csv")
    return csvDownload("audit.csv", auditColumns, auditPages(everyAuditPage(ctx, query)));
  return paged(request, await listAudit(ctx, query), query.limit, (entry) => entry);
});
