import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentEnvironment, presentPriced } from "#lib/api/present/environments.ts";
import { presentDeleted } from "#lib/api/present/servers.ts";
import { environmentCosts } from "#lib/domain/environments/costs.ts";
import { getEnvironment } from "#lib/domain/environments/get.ts";
import { updateEnvironment } from "#lib/domain/environments/update.ts";
import { waitForRest } from "#lib/domain/environments/wait.ts";
import { deleteEnvironment } from "#lib/domain/environments/wish.ts";

export const GET = handle(environments.get, async ({ ctx, params }) => {
  const environment = await getEnvironment(ctx, params.id);
  return presentPriced(environment, await environmentCosts(ctx, environment));
});

export const PUT = handle(environments.update, async ({ ctx, params, query, body, request }) => {
  const updated = await updateEnvironment(ctx, params.id, body);
  if (!query.wait) return presentEnvironment(updated);
  await waitForRest(ctx, params.id, query.wait, request.signal);
  return presentEnvironment(await getEnvironment(ctx, params.id));
});

export const DELETE = handle(environments.remove, async ({ ctx, params, query, request }) => {
  const deleted = await deleteEnvironment(ctx, params.id);
  if (query.wait) deleted.state = await waitForRest(ctx, params.id, query.wait, request.signal);
  return presentDeleted(deleted);
});
