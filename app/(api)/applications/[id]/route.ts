import * as applications from "#lib/api/contracts/applications.ts";
import { handle } from "#lib/api/handle.ts";
import { presentApplication } from "#lib/api/present/applications.ts";
import { getApplication } from "#lib/domain/applications/get.ts";
import { deleteApplication } from "#lib/domain/applications/remove.ts";
import { renameApplication } from "#lib/domain/applications/update.ts";

export const GET = handle(applications.get, async ({ ctx, params }) =>
  presentApplication(await getApplication(ctx, params.id)),
);

export const PUT = handle(applications.update, async ({ ctx, params, body }) =>
  presentApplication(await renameApplication(ctx, params.id, body.application_name)),
);

export const DELETE = handle(applications.remove, async ({ ctx, params }) => {
  await deleteApplication(ctx, params.id);
  return { success: true };
});
