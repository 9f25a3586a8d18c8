type Proofs = Record<string, string>;

/**
 * Files that prove at length, each with the one that shows in short what can be shown so: `npm test` leaves them out,
 * and `npm test -- --all` runs them after the rest. CLOUDHERO_PROOFS is then "without" or "only"; unset, as where a file is
 * named, everything may run.
 */
export const proofs: Record<"units" | "engines" | "browser", Proofs> = {
  units: {
    "tests/engine/clouds.test.ts": "tests/engine/decide.test.ts",
  },
  engines: {
    "tests/bootstrap/bootstrap.docker.test.ts": "tests/engine/main-job.docker.test.ts",
    "tests/bootstrap/host-key.docker.test.ts": "tests/engine/target.test.ts",
    "tests/bootstrap/interruptions.docker.test.ts": "tests/bootstrap/script.test.ts",
    "tests/chaos/kill.docker.test.ts": "tests/chaos/faults.test.ts",
    "tests/cluster/swarm.docker.test.ts": "tests/cluster/formation.test.ts",
    "tests/console/cluster.docker.test.ts": "tests/console/lists.test.ts",
    "tests/console/stacks.docker.test.ts": "tests/console/compose.test.ts",
    "tests/engine/clouds.docker.test.ts": "tests/engine/main-job.docker.test.ts",
    "tests/engine/mishaps.docker.test.ts": "tests/engine/decide.test.ts",
    "tests/gateway/access.docker.test.ts": "tests/gateway/scopes.test.ts",
    "tests/gateway/bench.docker.test.ts": "tests/gateway/slow-reader.test.ts",
    "tests/gateway/clients.docker.test.ts": "tests/gateway/behaviours.docker.test.ts",
    "tests/gateway/outages.docker.test.ts": "tests/gateway/lowest.test.ts",
    "tests/gateway/placement.docker.test.ts": "tests/model/placement.test.ts",
    "tests/gateway/registries.docker.test.ts": "tests/domain/registries.test.ts",
    "tests/providers/clouds.docker.test.ts": "tests/providers/ec2-contract.test.ts",
    "tests/providers/docker.docker.test.ts": "tests/engine/main-job.docker.test.ts",
    "tests/reference.docker.test.ts": "tests/api/reference.test.ts",
    "tests/terminal/terminal.docker.test.ts": "tests/terminal/terminal.test.ts",
  },
  browser: {
    "tests/e2e/actions.spec.ts": "tests/e2e/environment-life.spec.ts",
    "tests/e2e/docker-choices.spec.ts": "tests/console/lists.test.ts",
    "tests/e2e/docker.spec.ts": "tests/console/lists.test.ts",
    "tests/e2e/docs.spec.ts": "tests/api/reference-examples.test.ts",
    "tests/e2e/integrations.spec.ts": "tests/webhooks/deliveries.test.ts",
    "tests/e2e/pages.spec.ts": "tests/e2e/new-environment.spec.ts",
    "tests/e2e/palette.spec.ts": "tests/components/shell/places.test.ts",
    "tests/e2e/practice-clouds.spec.ts": "tests/e2e/scale.spec.ts",
    "tests/e2e/roles.spec.ts": "tests/auth/roles.test.ts",
    "tests/e2e/team.spec.ts": "tests/domain/team.test.ts",
    "tests/e2e/terminal.spec.ts": "tests/terminal/terminal.test.ts",
  },
};

/** What a runner takes of `files`, some of which are proofs. */
export const taken = (files: string, long: Proofs) => ({
  include: process.env.CLOUDHERO_PROOFS === "only" ? Object.keys(long) : [files],
  exclude: process.env.CLOUDHERO_PROOFS === "without" ? Object.keys(long) : [],
});
