import * as terminals from "#lib/api/contracts/terminals.ts";
import { handle } from "#lib/api/handle.ts";
import { plainStream } from "#lib/api/http.ts";
import { nodeLogText } from "#lib/domain/environments/node-log.ts";

export const GET = handle(terminals.nodeLog, async ({ ctx, params }) =>
  plainStream(await nodeLogText(ctx, params.id, params.name)),
);
