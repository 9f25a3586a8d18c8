import { and, asc, desc, eq, gt, lte, type SQL } from "drizzle-orm";
import { events } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { EnvironmentEvent } from "./events.ts";
import { environmentRows } from "./get.ts";

const batch = 1_000;

export type NodeLog = {
  /** Oldest first. */
  lines: EnvironmentEvent[];
  /** The newest lines are among them. */
  isEnd: boolean;
};

/** The newest `limit` lines of a node's log; where `around` is older than those, as many around it. Throws "not_found". */
export async function nodeLog(
  ctx: Context,
  id: string,
  name: string,
  { limit, around }: { limit: number; around?: number },
): Promise<NodeLog> {
  await requireNode(ctx, id, name);
  const newest = (await read(ctx, id, name, undefined, limit, "newest first")).reverse();
  if (around === undefined || newest.length < limit || around >= newest[0]!.id) return { lines: newest, isEnd: true };
  const half = Math.floor(limit / 2);
  const [before, after] = await Promise.all([
    read(ctx, id, name, lte(events.id, around), half, "newest first"),
    read(ctx, id, name, gt(events.id, around), half, "oldest first"),
  ]);
  return { lines: [...before.reverse(), ...after], isEnd: false };
}

/** All of a node's log as text, in pieces: each line begins with its time. Throws "not_found" before the first. */
export async function nodeLogText(ctx: Context, id: string, name: string): Promise<AsyncGenerator<string>> {
  await requireNode(ctx, id, name);
  return pieces(ctx, id, name);
}

async function* pieces(ctx: Context, id: string, name: string): AsyncGenerator<string> {
  let last = 0;
  for (;;) {
    const lines = await read(ctx, id, name, gt(events.id, last), batch, "oldest first");
    if (lines.length > 0) yield `${lines.map(textOf).join("\n")}\n`;
    if (lines.length < batch) return;
    last = lines.at(-1)!.id;
  }
}

const textOf = ({ at, kind, message }: EnvironmentEvent) =>
  `${at.toISOString()} ${kind === "log" ? "" : "== "}${message.replaceAll("\n", "\n    ")}`;

function read(
  { db }: Context,
  id: string,
  name: string,
  where: SQL | undefined,
  limit: number,
  order: "oldest first" | "newest first",
): Promise<EnvironmentEvent[]> {
  const wanted = and(eq(events.environmentId, id), eq(events.nodeName, name), where);
  const by = order === "oldest first" ? asc(events.id) : desc(events.id);
  return db.select().from(events).where(wanted).orderBy(by).limit(limit);
}

/** A node that was removed has left its log. */
async function requireNode(ctx: Context, id: string, name: string): Promise<void> {
  const { nodes } = await environmentRows(ctx, id);
  if (nodes.some((node) => node.name === name)) return;
  if ((await read(ctx, id, name, undefined, 1, "oldest first")).length === 0) throw notFound(`The node ${name}`);
}
