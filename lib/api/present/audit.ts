import type { AuditEntry } from "#lib/domain/audit/list.ts";
import { inWords } from "#lib/model/audit-words.ts";

export const auditColumns = [
  "id",
  "at",
  "actor",
  "action",
  "in words",
  "target",
  "name",
  "address",
  "details",
] as const;

/** Pages of entries as rows of the table that `auditColumns` heads. */
export async function* auditPages(pages: AsyncIterable<AuditEntry[]>): AsyncGenerator<(string | null)[][]> {
  for await (const page of pages) yield page.map(rowOf);
}

const rowOf = ({ id, at, actor, action, target, address, details }: AuditEntry): (string | null)[] => [
  ...[id, at.toISOString(), actor, action, inWords(action), target],
  [details?.name, details?.email].find((name): name is string => typeof name === "string") ?? null,
  ...[address, details && JSON.stringify(details)],
];
