import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { deployStack } from "#lib/console/stacks/deploy.ts";
import { normal } from "#lib/console/stacks/normal.ts";
import { planStack } from "#lib/console/stacks/plan.ts";
import { removeStack } from "#lib/console/stacks/remove.ts";
import { type Gateway, startGateway } from "#tests/gateway/fixture.ts";
import { dockerAvailable } from "#tests/support/docker.ts";

const contents = { "site.conf": "listen 80\n", "extra.conf": "a: b\n", "password.txt": "hunter2\n" };
const forDocker = readFileSync(join(import.meta.dirname, "shop.yml"), "utf8");
/** The same file as we take it: what Docker reads from files stands in it. */
const forUs = Object.entries(contents).reduce(
  (text, [name, content]) => text.replace(`file: ./${name}`, `content: ${JSON.stringify(content)}`),
  forDocker,
);
const wish = { name: "shop", file: forUs, variables: {}, prune: false };

let gateway: Gateway;

/** An engine that is busy with its tasks may be silent for a while. */
const calm = () => vi.waitFor(() => gateway.cluster.json("GET", "/services"), { timeout: 60_000, interval: 1_000 });

/** What the swarm has of the stack, without what is another each time. */
async function made() {
  await calm();
  const { cluster } = gateway;
  const networks = await cluster.json("GET", "/networks");
  const nameOf = new Map<string, string>(networks.map(({ Id, Name }: { Id: string; Name: string }) => [Id, Name]));
  const mine = <T extends { Labels: Record<string, string> | null }>({ Labels }: T) =>
    Labels?.["com.docker.stack.namespace"] === "shop";
  // biome-ignore lint/suspicious/noExplicitAny: the engine's own shapes.
  const named = (all: any[]) => Object.fromEntries(all.map((one) => [one.Name, one]));
  const services = (await cluster.json("GET", "/services")).map(({ Spec }: { Spec: never }) => Spec);
  const bare = JSON.parse(
    JSON.stringify(services.filter(mine), (key, value) =>
      ["ConfigID", "SecretID"].includes(key) ? undefined : key === "Target" ? (nameOf.get(value) ?? value) : value,
    ),
  );
  const specsOf = async (path: string) =>
    named((await cluster.json("GET", path)).map(({ Spec }: { Spec: never }) => Spec).filter(mine));
  return {
    services: named(bare),
    configs: await specsOf("/configs"),
    secrets: await specsOf("/secrets"),
    networks: named(
      networks
        .filter(mine)
        .map(({ Name, Driver, Internal, Attachable, Labels, Options, IPAM }: Record<string, never>) => ({
          Name,
          Driver,
          Internal,
          Attachable,
          Labels,
          encrypted: "encrypted" in (Options ?? {}),
          subnet: Name === "shop_back" ? IPAM : null,
        })),
    ),
  };
}

const changesOf = async () => {
  await calm();
  const { steps } = await planStack(gateway.owner.ctx, gateway.id, wish);
  return steps.filter(({ change }) => change !== "keep");
};

describe.runIf(dockerAvailable)("a stack from a Compose file", () => {
  beforeAll(async () => {
    gateway = await startGateway("10.98.46", ["alpha"]);
  });
  afterAll(() => gateway?.close());

  test("what is made is what docker stack deploy makes of the same file, and each finds nothing to do after the other", async () => {
    const { ctx } = gateway.owner;
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    for (const [name, text] of Object.entries({ ...contents, "shop.yml": forDocker }))
      writeFileSync(join(folder, name), text);
    const deploy = [
      "stack",
      "deploy",
      "--detach=true",
      "--resolve-image=never",
      "-c",
      join(folder, "shop.yml"),
      "shop",
    ];
    const ran = await gateway.cluster.docker(deploy);
    expect([ran.code, ran.err]).toEqual([0, expect.any(String)]);
    const theirs = await made();
    expect(Object.keys(theirs.services).toSorted()).toEqual(["shop_quiet", "shop_web", "shop_worker"]);
    expect(await changesOf()).toEqual([]);

    await calm();
    await removeStack(ctx, gateway.id, "shop");
    expect((await made()).services).toEqual({});
    await calm();
    const plan = await deployStack(ctx, gateway.id, wish);
    expect(plan.steps.map(({ change }) => change)).toEqual(Array(plan.steps.length).fill("create"));
    const ours = await made();
    expect(ours).toEqual(theirs);

    expect(await changesOf()).toEqual([]);
    const before = await calm();
    await deployStack(ctx, gateway.id, wish);
    const after = await calm();
    const versions = (all: { ID: string; Version: unknown }[]) => all.map(({ ID, Version }) => [ID, Version]);
    expect(versions(after)).toEqual(versions(before));
    expect(normal(after[0].Spec, new Map())).toEqual(normal(before[0].Spec, new Map()));
  });
});
