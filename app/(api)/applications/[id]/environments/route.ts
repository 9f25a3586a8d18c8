import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentEnvironment } from "#lib/api/present/environments.ts";
import { getApplication } from "#lib/domain/applications/get.ts";
import { createEnvironment } from "#lib/domain/environments/create.ts";
import { listEnvironments } from "#lib/domain/environments/get.ts";
import { waitForRest } from "#lib/domain/environments/wait.ts";

export const POST = handle(environments.create, async ({ ctx, params, query, body, request }) => {
  const { id, state } = await createEnvironment(ctx, params.id, body);
  const reached = query.wait ? await waitForRest(ctx, id, query.wait, request.signal) : state;
  return { ready: true, environment: id, account: ctx.organisation.id, state: reached };
});

export const GET = handle(environments.listOfApplication, async ({ ctx, params, query, request }) => {
  await getApplication(ctx, params.id);
  const rows = await listEnvironments(ctx, { ...query, applicationId: params.id });
  return paged(request, rows, query.limit, presentEnvironment);
});
