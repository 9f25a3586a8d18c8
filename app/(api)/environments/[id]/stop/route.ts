import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentMoved } from "#lib/api/present/servers.ts";
import type { Context } from "#lib/context.ts";
import { waitForRest } from "#lib/domain/environments/wait.ts";
import { stopEnvironment } from "#lib/domain/environments/wish.ts";

type Call = { ctx: Context; params: { id: string }; query: { wait?: number }; request: Request };

async function stop({ ctx, params, query, request }: Call) {
  const moved = await stopEnvironment(ctx, params.id);
  if (query.wait) moved.state = await waitForRest(ctx, params.id, query.wait, request.signal);
  return presentMoved(moved);
}

export const GET = handle(environments.stopByGet, stop);
export const POST = handle(environments.stop, stop);
