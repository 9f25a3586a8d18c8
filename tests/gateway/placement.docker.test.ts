import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { type Gateway, startGateway } from "./fixture.ts";

let gateway: Gateway;

/** Runs a container of 256 MiB; answers the node that it is on. */
async function run(...words: string[]): Promise<string> {
  const ran = await gateway.cluster.docker(["run", "-d", "-m", "256m", ...words, "busybox", "sleep", "600"]);
  expect(ran.err).not.toMatch(/rror/);
  const { Node } = await gateway.cluster.json("GET", `/containers/${ran.out.trim()}/json`);
  return Node.Name;
}

/** What is known of a cluster is at most a second old. */
async function remove(name: string, removal: "prune" | null): Promise<void> {
  const one = and(eq(nodes.environmentId, gateway.id), eq(nodes.name, name));
  await db().update(nodes).set({ removal }).where(one);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
}

describe.runIf(dockerAvailable)("where a container is placed", () => {
  beforeAll(async () => {
    gateway = await startGateway("10.98.10");
  });
  afterAll(() => gateway?.close());

  test("three that say nothing are on three nodes; one that names a companion is beside it", async () => {
    const places = [await run("--name", "one"), await run(), await run()];
    expect(places.toSorted()).toEqual(["alpha", "beta", "gamma"]);
    expect(await run("-e", "affinity:container==one")).toBe(places[0]);
    expect(await run("-e", "constraint:node!=alpha", "-e", "constraint:node!=beta")).toBe("gamma");
    const nowhere = await gateway.cluster.docker(["run", "-e", "constraint:region==mars", "busybox"]);
    expect(nowhere.err).toContain("satisfies constraint:region==mars");
  });

  test("nothing more is put on a node that is to go", async () => {
    await remove("beta", "prune");
    const places = [await run(), await run(), await run(), await run()];
    expect(places).not.toContain("beta");
    await remove("beta", null);
    expect(await run()).toBe("beta");
  });
});
