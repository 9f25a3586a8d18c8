import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { enterOrganisation } from "#lib/domain/organisations/enter.ts";

export const POST = handle(members.enterOrganisation, async ({ ctx, params }) => {
  await enterOrganisation(ctx, params.id);
  return { success: true };
});
