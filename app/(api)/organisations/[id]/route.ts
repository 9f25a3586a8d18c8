import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { renameOrganisation } from "#lib/domain/organisations/rename.ts";

export const PUT = handle(members.renameOrganisation, async ({ ctx, params, body }) => {
  await renameOrganisation(ctx, params.id, body.name);
  return { success: true };
});
