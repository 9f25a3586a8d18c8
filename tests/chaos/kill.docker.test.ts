import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docker, left } from "#tests/engine/team.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { freePort } from "#tests/support/free-port.ts";
import { seeded } from "./random.ts";
import { makeServer, type Server } from "./server.ts";
import { account, killAt, making, rest } from "./story.ts";

const seed = Date.now() % 100_000;

describe.runIf(dockerAvailable)("killed with -9 while an environment is made", () => {
  const folder = mkdtempSync(join(tmpdir(), "cloudhero-kill-"));
  let server: Server;

  beforeAll(async () => {
    server = await makeServer(join(folder, "data"), await freePort(), {});
    await server.start();
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(`pitfall 4 of both: the server and Postgres go on: each node once, and nothing left after the delete (seed ${seed})`, async () => {
    const random = seeded(seed);
    const { script, make } = await account(
      server.url,
      "unix:///var/run/docker.sock",
      { environments: 4, nodes: 1 },
      random,
    );
    for (const phase of making) {
      await make();
      await killAt(server, script, phase, random);
    }
    process.kill(server.postmaster(), "SIGKILL");
    const running = await rest(script, "running");
    for (const { id, nodes } of running) {
      const containers = docker(
        "ps",
        "-a",
        "--format",
        "{{.Names}}",
        "--filter",
        `label=io.cloudhero.environment=${id}`,
      );
      expect(containers).toBe(nodes[0]?.hostname);
    }
    for (const { id } of running) await script.send("DELETE", `/environments/${id}`);
    await killAt(server, script, "deleting", random);
    await rest(script, "deleted");
    expect(running.flatMap(({ id }) => left(id))).toEqual([]);
  });
});
