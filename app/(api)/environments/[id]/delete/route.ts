import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentDeleted } from "#lib/api/present/servers.ts";
import type { Context } from "#lib/context.ts";
import { waitForRest } from "#lib/domain/environments/wait.ts";
import { deleteEnvironment } from "#lib/domain/environments/wish.ts";

type Call = { ctx: Context; params: { id: string }; query: { wait?: number }; request: Request };

async function destroy({ ctx, params, query, request }: Call) {
  const moved = await deleteEnvironment(ctx, params.id);
  if (query.wait) moved.state = await waitForRest(ctx, params.id, query.wait, request.signal);
  return presentDeleted(moved);
}

export const GET = handle(environments.destroyByGet, destroy);
export const POST = handle(environments.destroy, destroy);
