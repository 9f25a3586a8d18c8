import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { transferOwnership } from "#lib/domain/members/change-role.ts";

export const POST = handle(members.transfer, ({ ctx, params }) => transferOwnership(ctx, params.id));
