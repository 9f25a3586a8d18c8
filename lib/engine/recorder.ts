import { eq } from "drizzle-orm";
import { nodes } from "#drizzle/schema/index.ts";
import type { BootstrapEvent } from "#lib/bootstrap/progress.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents, type NewEvent } from "#lib/db/events.ts";
import { log } from "#lib/log.ts";
import type { NodeRow } from "./types.ts";

const flushEveryMs = 250;
const batch = 200;

/** Writes a server's output to its environment's events, in order and in batches; `close` when all is written. */
export function recorder(db: Database, node: NodeRow): { take(event: BootstrapEvent): void; close(): Promise<void> } {
  let waiting: NewEvent[] = [];
  let progress: NodeRow["progress"] = null;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const [events, step] = [waiting, progress];
    waiting = [];
    progress = null;
    if (step) await db.update(nodes).set({ progress: step }).where(eq(nodes.id, node.id));
    for (let start = 0; start < events.length; start += batch)
      await appendEvents(db, node.environmentId, events.slice(start, start + batch));
  }
  const flush = () => {
    writing = writing.then(write).catch((error) => log.warn({ node: node.id, err: error }, "output was not recorded"));
    return writing;
  };
  const timer = setInterval(flush, flushEveryMs);

  return {
    take(event) {
      if (event.kind === "line") {
        waiting.push({ kind: "log", nodeName: node.name, message: event.line });
        return;
      }
      const { step, steps, title } = event;
      progress = { step, steps, title };
      waiting.push({ kind: "step", nodeName: node.name, message: `${step}/${steps} ${title}`, data: progress });
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
