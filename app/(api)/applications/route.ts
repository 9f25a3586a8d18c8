import * as applications from "#lib/api/contracts/applications.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentApplication } from "#lib/api/present/applications.ts";
import { createApplication } from "#lib/domain/applications/create.ts";
import { listApplications } from "#lib/domain/applications/get.ts";

export const POST = handle(applications.create, async ({ ctx, body }) => [
  presentApplication(await createApplication(ctx, { name: body.application_name })),
]);

export const GET = handle(applications.list, async ({ ctx, query, request }) =>
  paged(request, await listApplications(ctx, query), query.limit, presentApplication),
);
