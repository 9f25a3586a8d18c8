import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentPlan } from "#lib/api/present/environments.ts";
import { fullPlan } from "#lib/domain/environments/full-plan.ts";

export const POST = handle(environments.plan, async ({ ctx, body }) => presentPlan(await fullPlan(ctx, body)));
