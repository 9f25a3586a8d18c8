import { planChange as contract } from "#lib/api/contracts/environment-change.ts";
import { handle } from "#lib/api/handle.ts";
import { presentChangePlan } from "#lib/api/present/environments.ts";
import { planChange } from "#lib/domain/environments/plan-change.ts";

export const POST = handle(contract, async ({ ctx, params, body }) =>
  presentChangePlan(await planChange(ctx, params.id, body)),
);
