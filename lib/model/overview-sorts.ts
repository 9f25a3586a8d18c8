/** What the overview can be sorted by. */
export const overviewSorts = ["name", "state", "servers", "provider", "region", "cost", "age", "changed"] as const;
export type OverviewSort = (typeof overviewSorts)[number];
