import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { listMembers } from "#lib/domain/members/list.ts";

export const GET = handle(team.listMembers, async ({ ctx }) =>
  (await listMembers(ctx)).map(({ createdAt, ...member }) => ({ ...member, created_at: createdAt })),
);
