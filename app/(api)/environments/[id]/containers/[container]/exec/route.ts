import * as terminals from "#lib/api/contracts/terminals.ts";
import { handle } from "#lib/api/handle.ts";
import { execCluster } from "#lib/domain/docker/exec.ts";

export const GET = handle(terminals.exec, async ({ ctx, params }) => {
  await execCluster(ctx, params.id);
  return { success: true as const };
});
