import * as terminals from "#lib/api/contracts/terminals.ts";
import { handle } from "#lib/api/handle.ts";
import { shellNode } from "#lib/domain/environments/shell.ts";

export const GET = handle(terminals.shell, async ({ ctx, params }) => {
  await shellNode(ctx, params.id, params.name);
  return { success: true as const };
});
