import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  return nodeOf(ran.out.trim());
}

const nodeOf = async (id: string): Promise<string> =>
  (await gateway.cluster.json("GET", `/containers/${id}/json`)).Node.Name;

async function clean(): Promise<void> {
  const all = (await gateway.cluster.docker(["ps", "-aq"])).out.split("\n").filter(Boolean);
  await gateway.cluster.docker(["rm", "-f", ...all]);
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

  test("what is made and not yet started counts, so that what is made at once is spread", async () => {
    await clean();
    const made = await Promise.all(
      ["first", "second", "third"].map(async (name) => {
        const one = await gateway.cluster.docker(["create", "-m", "256m", "--name", name, "busybox", "sleep", "600"]);
        expect(one.err).toBe("");
        return one.out.trim();
      }),
    );
    expect((await Promise.all(made.map(nodeOf))).toSorted()).toEqual(["alpha", "beta", "gamma"]);
  });

  test("several that bring the same new volume with them at once share one, on one node", async () => {
    await clean();
    const made = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const one = await gateway.cluster.docker(["create", "-m", "64m", "-v", "shared:/data", "busybox"]);
        expect(one.err).toBe("");
        return one.out.trim();
      }),
    );
    expect(new Set(await Promise.all(made.map(nodeOf))).size).toBe(1);
    const having = await Promise.all(gateway.engines.map(({ docker }) => docker("volume", "ls", "-q")));
    expect(having.filter((names) => names.split("\n").includes("shared"))).toHaveLength(1);
  });

  test("who asks for a network that one node has to itself is put on that node", async () => {
    await clean();
    const beta = gateway.engines.find(({ name }) => name === "beta")!;
    await beta.docker("network", "create", "own");
    const places = [await run("--network", "own"), await run("--network", "own"), await run("--network", "own")];
    expect(places).toEqual(["beta", "beta", "beta"]);
    const elsewhere = await gateway.cluster.docker([
      ...["run", "-d", "--network", "own", "-e", "constraint:node==alpha"],
      ...["busybox", "sleep", "600"],
    ]);
    expect(elsewhere.err).toContain("The network own is on beta alone");
  });

  test("images that are on different nodes are saved as one archive; one that is nowhere is refused in the engine's words", async () => {
    for (const [name, index] of [
      ["of:alpha", 0],
      ["of/some:beta", 1],
    ] as const) {
      const { docker } = gateway.engines[index]!;
      await docker("run", "--name", "changed", "busybox", "touch", `/${index}`);
      await docker("commit", "changed", name);
      await docker("rm", "changed");
    }
    const folder = mkdtempSync(join(tmpdir(), "saved-"));
    const file = join(folder, "both.tar");
    try {
      expect((await gateway.cluster.docker(["save", "-o", file, "of:alpha", "of/some:beta"])).err).toBe("");
      const loaded = (await gateway.plain.docker(["load", "-i", file])).out.trim().split("\n").toSorted();
      expect(loaded).toEqual(["Loaded image: of/some:beta", "Loaded image: of:alpha"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const refused = await Promise.all(
      [gateway.cluster, gateway.plain].map(({ docker }) => docker(["save", "-o", "/dev/null", "of:alpha", "no:where"])),
    );
    expect(refused.map(({ code, err }) => [code, err])[0]).toEqual([refused[1]!.code, refused[1]!.err]);
  });

  test("a volume is not made a second time, empty, where a container has to be elsewhere: it is refused, and told where", async () => {
    await clean();
    const [alpha, beta] = gateway.engines;
    await alpha!.docker("volume", "create", "va");
    await beta!.docker("volume", "create", "vb");
    const refusal = async (...words: string[]) => (await gateway.cluster.docker(["create", ...words, "busybox"])).err;
    expect(await run("-v", "vb:/b")).toBe("beta");
    expect(await refusal("-v", "va:/a", "-v", "vb:/b")).toMatch(/volume v[ab] is on (alpha|beta) alone/);
    expect(await refusal("-v", "va:/a", "-e", "constraint:node==gamma")).toContain("The volume va is on alpha alone");
    await run("--name", "companion", "-e", "constraint:node==beta");
    expect(await refusal("-v", "va:/a", "--volumes-from", "companion")).toContain("The volume va is on alpha alone");
    await remove("beta", "prune");
    expect(await refusal("-v", "vb:/b")).toContain("The volume vb is on beta (which is to go) alone");
    const made = await Promise.all([1, 2, 3].map(() => gateway.cluster.json("POST", "/volumes/create", {})));
    await remove("beta", null);
    const names = (await beta!.docker("volume", "ls", "-q")).split("\n");
    expect(made.filter(({ Name }) => names.includes(Name))).toEqual([]);
  });

  test("a volume of two nodes is one in the usage, and stays on both while one has a container with it", async () => {
    await clean();
    const [alpha, beta] = gateway.engines;
    for (const { docker } of [alpha!, beta!]) await docker("volume", "create", "twice");
    await beta!.docker("create", "--name", "user", "-v", "twice:/data", "busybox");
    const { Volumes, Images } = await gateway.cluster.json("GET", "/system/df");
    const rows = (Volumes as { Name: string; UsageData: object }[]).filter(({ Name }) => Name === "twice");
    expect(rows.map(({ UsageData }) => UsageData)).toEqual([{ RefCount: 1, Size: 0 }]);
    const { Id } = await gateway.cluster.json("GET", "/images/busybox/json");
    expect((Images as { Id: string; Containers: number }[]).find((row) => row.Id === Id)!.Containers).toBe(1);
    expect((await gateway.cluster.ask("DELETE", "/volumes/twice")).status).toBe(409);
    for (const { docker } of [alpha!, beta!]) expect(await docker("volume", "ls", "-q")).toContain("twice");
    await beta!.docker("rm", "user");
    expect((await gateway.cluster.ask("DELETE", "/volumes/twice")).status).toBe(204);
    for (const { docker } of [alpha!, beta!]) expect(await docker("volume", "ls", "-q")).not.toContain("twice");
  });

  test("what can be reclaimed of images is what their nodes' engines say, in all", async () => {
    await clean();
    const words = ["system", "df", "--format", '{{if eq .Type "Images"}}{{.Reclaimable}}{{end}}'];
    const sizeIn = (out: string) => Number.parseFloat(out) * (out.includes("MB") ? 1 : 0);
    const seen: number[] = [];
    for (const engine of gateway.engines) {
      await engine.docker("create", "--name", "user", "busybox");
      const each = await Promise.all(gateway.engines.map(async ({ docker }) => sizeIn(await docker(...words))));
      const all = sizeIn((await gateway.cluster.docker(words)).out);
      expect(all).toBeCloseTo(
        each.reduce((sum, size) => sum + size, 0),
        1,
      );
      seen.push(all);
    }
    for (const { docker } of gateway.engines) await docker("rm", "user");
    expect(seen[2]).toBeLessThan(seen[0]!);
  });

  test("a name means the image that was built last, and that is brought where a container has to be", async () => {
    await clean();
    for (const { docker } of gateway.engines) await docker("tag", "busybox", "app:latest");
    const input = "FROM busybox\nRUN echo anew >/made\nCMD cat /made\n";
    expect((await gateway.cluster.docker(["build", "-q", "-t", "app:latest", "-"], { input })).code).toBe(0);
    const shown = async () =>
      (await gateway.cluster.docker(["images", "--format", "{{.Repository}}:{{.Tag}}"])).out.split("\n");
    expect((await shown()).filter((name) => name === "app:latest")).toHaveLength(1);
    for (const node of ["gamma", "alpha", "beta"]) {
      const ran = await gateway.cluster.docker(["run", "--rm", "-e", `constraint:node==${node}`, "app:latest"]);
      expect([node, ran.out, ran.err]).toEqual([node, "anew\n", ""]);
    }
    await gateway.cluster.docker(["rmi", "-f", "app:latest"]);
    expect(await shown()).not.toContain("app:latest");
  });

  test("lists are bounded by what one node alone knows: images, and containers that are stopped", async () => {
    await clean();
    const [alpha, beta] = gateway.engines;
    for (const [{ docker }, name] of [
      [alpha!, "first:one"],
      [beta!, "second:one"],
      [alpha!, "third:one"],
    ] as const) {
      await docker("create", "--name", name.split(":")[0]!, "busybox", "true");
      await docker("commit", name.split(":")[0]!, name);
    }
    const listed = async (...words: string[]) =>
      (await gateway.cluster.docker(words)).out
        .split("\n")
        .filter((line) => /^(first|second|third)/.test(line))
        .toSorted();
    const images = (filter: string) => listed("images", "--format", "{{.Repository}}", "--filter", filter);
    expect(await images("since=first:one")).toEqual(["second", "third"]);
    expect(await images("before=third:one")).toEqual(["first", "second"]);
    expect((await gateway.cluster.docker(["images", "--filter", "since=no:where"])).code).toBe(1);
    const containers = (...words: string[]) => listed("ps", "--format", "{{.Names}}", ...words);
    expect(await containers("-n", "5", "-f", "since=first")).toEqual(["second", "third"]);
    expect(await containers("-n", "1", "-f", "before=second")).toEqual(["first"]);
    expect(await containers("-a", "-s")).toEqual(["first", "second", "third"]);
  });

  test("nothing more is put on a node that is to go", async () => {
    await clean();
    await remove("beta", "prune");
    const places = [await run(), await run(), await run(), await run()];
    expect(places).not.toContain("beta");
    await remove("beta", null);
    expect(await run()).toBe("beta");
  });
});
