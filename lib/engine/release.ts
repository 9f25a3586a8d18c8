import { eq } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import type { Provider } from "#lib/providers/provider.ts";
import type { Loaded } from "./load.ts";
import { environmentSpec } from "./spec.ts";

const timeoutMs = 60_000;

/** Removes what the servers stood on and ends the environment; answers whether it has ended. */
export async function release(db: Database, loaded: Loaded, cloud: Provider): Promise<boolean> {
  const { environment } = loaded;
  if (environment.preparingSince) return false;
  const spec = await environmentSpec(db, loaded);
  if (environment.begunAt && !(await cloud.release(spec, AbortSignal.timeout(timeoutMs)))) return false;
  await db.transaction(async (tx) => {
    const ended = {
      state: "deleted",
      deletedAt: new Date(),
      changedAt: new Date(),
      lastError: null,
      privateKey: null,
    } as const;
    await tx.update(environments).set(ended).where(eq(environments.id, environment.id));
    await appendEvents(tx, environment.id, [
      { kind: "environment", message: "The environment is deleted", data: { state: "deleted" } },
    ]);
  });
  return true;
}
