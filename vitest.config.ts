import { defineConfig } from "vitest/config";
import { proofs, taken } from "./tests/proofs.ts";

const shared = {
  environment: "node" as const,
  globalSetup: ["tests/support/postgres-setup.ts"],
  // Emulators make up public addresses; nothing but this machine is ever dialled.
  env: { CLOUDHERO_DIAL_ALLOW: "127.0.0.0/8", CLOUDHERO_LOG_LEVEL: "fatal", NODE_ENV: "test" as const },
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // What was seen instead is said whole: 40 characters of it explain nothing.
  chaiConfig: { truncateThreshold: 1_000 },
};
const docker = "tests/**/*.docker.test.ts";
const units = taken("tests/**/*.test.ts", proofs.units);

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: units.include,
          exclude: [docker, "tests/e2e/**", ...units.exclude],
        },
      },
      {
        test: {
          ...shared,
          name: "docker",
          ...taken(docker, proofs.engines),
          testTimeout: 300_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
