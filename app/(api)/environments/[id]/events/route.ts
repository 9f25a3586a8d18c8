import * as environments from "#lib/api/contracts/environments.ts";
import { eventStream } from "#lib/api/event-stream.ts";
import { handle } from "#lib/api/handle.ts";
import { authenticate } from "#lib/auth/authenticate.ts";
import { followEvents } from "#lib/domain/environments/events.ts";
import { getEnvironment } from "#lib/domain/environments/get.ts";

export const GET = handle(environments.events, async ({ ctx, params, query, request }) => {
  await getEnvironment(ctx, params.id);
  const resumed = Number(request.headers.get("last-event-id"));
  const after = Number.isSafeInteger(resumed) && resumed > 0 ? resumed : (query.after ?? 0);
  const again = () => authenticate({ db: ctx.db, address: ctx.address }, request.headers);
  return eventStream((signal) => followEvents(ctx, params.id, after, signal), request, again);
});
