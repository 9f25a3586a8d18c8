import * as system from "#lib/api/contracts/system.ts";
import { handle } from "#lib/api/handle.ts";
import { checkReadiness } from "#lib/domain/system/readiness.ts";

export const GET = handle(system.readyz, async ({ ctx }) => {
  await checkReadiness(ctx);
  return { success: true, database: "ok", engine: "ok" };
});
