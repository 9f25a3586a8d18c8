import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { listOrganisations } from "#lib/domain/organisations/list.ts";

export const GET = handle(members.listOrganisations, async ({ ctx }) =>
  (await listOrganisations(ctx)).map(({ createdAt, ...organisation }) => ({ ...organisation, created_at: createdAt })),
);
