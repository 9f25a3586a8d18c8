import type { Variable } from "#lib/console/compose/interpolate.ts";
import type { StackPlan } from "#lib/console/stacks/plan.ts";

/** What came of planning or deploying: the plan, or what is in its way. */
export type Deployed = { variables: Variable[]; plan: StackPlan | null; problems: string[] };

export const deployOf = (variables: Variable[], made: StackPlan | string[]): Deployed =>
  Array.isArray(made) ? { variables, plan: null, problems: made } : { variables, plan: made, problems: [] };

/** One that was not answered: the file's variables stay as they were last seen. */
export const refusedBy = (problem: string, seen: Deployed | undefined): Deployed => ({
  variables: seen?.variables ?? [],
  plan: null,
  problems: [problem],
});
