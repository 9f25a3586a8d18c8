import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerAvailable } from "#tests/support/docker.ts";
import { begin, type Client } from "./client.ts";
import { type Gateway, startGateway } from "./fixture.ts";
import { quietStreams } from "./quiet.ts";
import { attachRaw, streamOf } from "./streams.ts";

const soon = { timeout: 20_000, interval: 100 };

let gateway: Gateway;

/** Removes what a test made, whoever has it. */
async function clean(client: Client): Promise<void> {
  const all = (await client.docker(["ps", "-aq"])).out.split("\n").filter(Boolean);
  if (all.length > 0) await client.docker(["rm", "-fv", ...all]);
  await client.docker(["network", "prune", "-f"]);
  await client.docker(["volume", "prune", "-f"]);
}

/** The same test against one plain engine, and against the three-node endpoint. */
function both(name: string, body: (client: Client) => Promise<void>): void {
  for (const kind of ["plain", "cluster"] as const)
    test(`${name} (${kind})`, async () => {
      const client = gateway[kind];
      try {
        await body(client);
      } finally {
        await clean(client);
      }
    });
}

/** A container that sleeps; on the cluster, on a node that is not the first, which is what requests would reach by themselves. */
async function sleeper(client: Client, name: string, ...options: string[]): Promise<string> {
  const far = client.kind === "cluster" ? ["-e", "constraint:node==gamma"] : [];
  const { out, err } = await client.docker([
    "run",
    "-d",
    "--name",
    name,
    ...far,
    ...options,
    "busybox",
    "sleep",
    "600",
  ]);
  expect(err).toBe("");
  return out.trim();
}

describe.runIf(dockerAvailable)("what a Docker endpoint has to survive", () => {
  beforeAll(async () => {
    gateway = await startGateway("10.98.1");
  });
  afterAll(() => gateway?.close());

  both("1: a ping says what the engine is, and its HEAD has no body", async (client) => {
    for (const method of ["GET", "HEAD"]) {
      const { status, headers, body } = await client.ask(method, "/_ping");
      expect([status, body]).toEqual([200, method === "GET" ? "OK" : ""]);
      expect(headers["api-version"]).toMatch(/^1\.\d+$/);
      expect(headers).toMatchObject({ ostype: "linux", "docker-experimental": "false" });
      const own = (await gateway.plain.ask(method, "/_ping")).headers;
      for (const name of ["api-version", "builder-version", "server"]) expect(headers[name]).toBe(own[name]);
    }
  });

  both("2: paths with and without a version; one too new is refused in the engine's words", async (client) => {
    const version = (await client.ask("GET", "/_ping")).headers["api-version"];
    for (const path of ["/containers/json", `/v${version}/containers/json`, "/v1.24/containers/json"])
      expect((await client.ask("GET", path)).status).toBe(200);
    const tooNew = await client.ask("GET", "/v1.99/containers/json");
    expect([tooNew.status, JSON.parse(tooNew.body).message]).toEqual([400, expect.stringMatching(/1\.99 is too new/)]);
  });

  both("3: errors are JSON with a message and the engine's status", async (client) => {
    for (const [method, path, status] of [
      ["GET", "/containers/nobody/json", 404],
      ["POST", "/containers/nobody/start", 404],
      ["GET", "/images/nothing/json", 404],
      ["GET", "/volumes/none", 404],
      ["GET", "/networks/no-network", 404],
      ["GET", "/exec/none/json", 404],
      ["GET", "/no/such/path", 404],
    ] as const) {
      const answer = await client.ask(method, path);
      expect([path, answer.status, JSON.parse(answer.body)]).toEqual([path, status, { message: expect.any(String) }]);
    }
  });

  both("4: what is piped into a container comes out of it, whole, with its exit code", async (client) => {
    const input = `${"0123456789abcdef".repeat(4096)}\n`.repeat(8);
    const { code, out } = await client.docker(["run", "-i", "--rm", "busybox", "sh", "-c", "cat; exit 7"], { input });
    expect([code, out.length, out === input]).toEqual([7, input.length, true]);
  });

  both("5: exec, with input and without; a detached one runs once", async (client) => {
    await sleeper(client, "five");
    expect((await client.docker(["exec", "-i", "five", "cat"], { input: "ok" })).out).toBe("ok");
    expect((await client.docker(["exec", "five", "sh", "-c", "echo out; echo err >&2; exit 3"])).code).toBe(3);
    await client.docker(["exec", "-d", "five", "sh", "-c", "echo once >>/ran"]);
    await expect.poll(async () => (await client.docker(["exec", "five", "cat", "/ran"])).out, soon).toBe("once\n");
  });

  both("6: a wait says that it has begun before the container ends, and then how", async (client) => {
    const { Id } = await client.json("POST", "/containers/create?name=six", {
      Image: "busybox",
      Cmd: ["sh", "-c", "sleep 1; exit 9"],
    });
    const wait = await streamOf(client, "POST", "/containers/six/wait?condition=next-exit");
    expect(wait.status).toBe(200);
    await client.json("POST", `/containers/${Id}/start`);
    expect(JSON.parse(await wait.rest())).toMatchObject({ StatusCode: 9 });
    const removed = await streamOf(client, "POST", "/containers/six/wait?condition=removed");
    await client.json("DELETE", "/containers/six");
    expect(JSON.parse(await removed.rest())).toHaveProperty("StatusCode");
  });

  both("7: streams come as they are written, and the client's leaving ends them", async (client) => {
    await client.docker([
      "run",
      "-d",
      "--name",
      "seven",
      "busybox",
      "sh",
      "-c",
      "while :; do date +%s; sleep 0.2; done",
    ]);
    const logs = await streamOf(client, "GET", "/containers/seven/logs?stdout=1&follow=1");
    const [line] = (await logs.next()).subarray(8).toString().split("\n");
    expect(Date.now() / 1000 - Number(line)).toBeLessThan(3);
    logs.leave();
    const stats = await streamOf(client, "GET", "/containers/seven/stats");
    expect(JSON.parse((await stats.next()).toString())).toHaveProperty("cpu_stats");
    stats.leave();
  });

  both("7: what is quiet for longer than a connection may idle is alive afterwards", async (client) => {
    const spoken = { logs: "spoken", attach: "spoken", exec: "still here", events: "die", wait: 5 };
    expect(await quietStreams(client, 17_000)).toEqual(spoken);
  });

  both("8: a terminal is resized, and raw and multiplexed streams pass untouched", async (client) => {
    const { Id } = await client.json("POST", "/containers/create?name=eight", {
      Image: "busybox",
      Cmd: ["sh", "-c", "sleep 1; stty size"],
      Tty: true,
      OpenStdin: true,
    });
    const raw = await attachRaw(client, `/containers/${Id}/attach?stream=1&stdout=1&stdin=1`);
    expect(raw.head).toMatch(/^HTTP\/1.1 101 UPGRADED\r\nContent-Type: application\/vnd.docker.raw-stream/);
    await client.json("POST", `/containers/${Id}/start`);
    await client.json("POST", `/containers/${Id}/resize?h=33&w=99`);
    expect((await raw.rest()).toString()).toContain("33 99");
    const { out, err } = await client.docker(["run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2"]);
    expect([out, err]).toEqual(["out\n", "err\n"]);
  });

  both("9: events by time and filter, each once", async (client) => {
    const since = Math.floor(Date.now() / 1000);
    await sleeper(client, "nine");
    await client.docker(["rm", "-f", "nine"]);
    const filters = encodeURIComponent(JSON.stringify({ container: ["nine"], event: ["create", "start", "destroy"] }));
    const answer = await client.ask(
      "GET",
      `/events?since=${since}&until=${Math.ceil(Date.now() / 1000)}&filters=${filters}`,
    );
    const lines = answer.body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).Action);
    expect(lines).toEqual(["create", "start", "destroy"]);
    const net = encodeURIComponent(JSON.stringify({ type: ["volume"] }));
    const live = await streamOf(client, "GET", `/events?filters=${net}`);
    await client.json("POST", "/volumes/create", { Name: "nine" });
    expect(JSON.parse((await live.next()).toString())).toMatchObject({
      Type: "volume",
      Action: "create",
      Actor: { ID: "nine" },
    });
    live.leave();
  });

  both("10: lists of containers: every filter, and limit, before, since and size over all of them", async (client) => {
    for (const name of ["one", "two", "three"]) {
      await client.docker(["run", "-d", "--name", name, "--label", `n=${name}`, "busybox", "sleep", "600"]);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
    const names = async (query: string) =>
      ((await client.json("GET", `/containers/json?${query}`)) as { Names: string[] }[]).map(({ Names }) =>
        Names[0]!.slice(1),
      );
    const by = (filters: object) => `all=1&filters=${encodeURIComponent(JSON.stringify(filters))}`;
    expect(await names("all=1")).toEqual(["three", "two", "one"]);
    expect(await names("limit=2")).toEqual(["three", "two"]);
    expect(await names(by({ label: ["n=two"] }))).toEqual(["two"]);
    expect(await names(by({ name: ["o"], status: ["running"] }))).toEqual(["two", "one"]);
    expect(await names(by({ before: ["three"] }))).toEqual(["two", "one"]);
    expect(await names(by({ since: ["one"] }))).toEqual(["three", "two"]);
    expect(await names(`${by({ since: ["one"] })}&limit=1`)).toEqual(["three"]);
    const [sized] = await client.json("GET", "/containers/json?size=1&limit=1");
    expect(sized).toHaveProperty("SizeRootFs");
    const unknown = `/containers/json?${by({ before: ["nobody"] })}`;
    expect((await client.ask("GET", unknown)).body).toBe((await gateway.plain.ask("GET", unknown)).body);
  });

  both(
    "11: names stay names: one of two creates wins, an id's beginning finds it, a whole name goes first",
    async (client) => {
      const create = () => client.ask("POST", "/containers/create?name=eleven", { Image: "busybox" });
      const made = await Promise.all([create(), create(), create()]);
      expect(made.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
      const { Id } = JSON.parse(made.find(({ status }) => status === 201)!.body);
      const inspected = await client.json("GET", `/containers/${Id.slice(0, 10)}/json`);
      expect([inspected.Id, inspected.Name]).toEqual([Id, "/eleven"]);
      await client.json("POST", `/containers/create?name=${Id.slice(0, 6)}`, {
        Image: "busybox",
        Labels: { twin: "yes" },
      });
      expect((await client.json("GET", `/containers/${Id.slice(0, 6)}/json`)).Config.Labels).toEqual({ twin: "yes" });
      expect((await client.ask("POST", `/containers/${Id}/rename?name=${Id.slice(0, 6)}`)).status).toBe(409);
      expect((await client.ask("POST", `/containers/${Id}/rename?name=renamed`)).status).toBe(204);
      expect((await client.json("GET", "/containers/renamed/json")).Id).toBe(Id);
    },
  );

  test("12: published ports report an address that is reached from outside", async () => {
    const id = await sleeper(gateway.cluster, "twelve", "-p", "8012:80");
    const gamma = gateway.engines[2]!.address;
    const [listed] = await gateway.cluster.json("GET", "/containers/json");
    expect(listed.Ports).toEqual([{ IP: gamma, PrivatePort: 80, PublicPort: 8012, Type: "tcp" }]);
    const { NetworkSettings } = await gateway.cluster.json("GET", `/containers/${id}/json`);
    expect(NetworkSettings.Ports).toEqual({ "80/tcp": [{ HostIp: gamma, HostPort: "8012" }] });
    await clean(gateway.cluster);
  });

  both("13: a create without its image is 404, so that the client pulls", async (client) => {
    const answer = await client.ask("POST", "/containers/create", { Image: "nothing:here" });
    expect([answer.status, JSON.parse(answer.body).message]).toEqual([404, "No such image: nothing:here"]);
  });

  test("15: an image that one node has is one row, is named, saved, loaded, used and removed by its name", async () => {
    const { cluster, engines } = gateway;
    const { Id: id } = await cluster.json("GET", "/images/busybox/json");
    await engines[2]!.docker("tag", "busybox", "only:gamma");
    const rows = (await cluster.json("GET", "/images/json")) as { Id: string; RepoTags: string[] }[];
    expect(rows.filter((row) => row.Id === id).map(({ RepoTags }) => RepoTags.toSorted())).toEqual([
      ["busybox:latest", "only:gamma"],
    ]);
    expect((await cluster.docker(["history", "-q", "only:gamma"])).code).toBe(0);
    expect((await cluster.ask("POST", "/images/only:gamma/tag?repo=second&tag=name")).status).toBe(201);
    expect((await cluster.docker(["run", "--rm", "second:name", "echo", "ran"])).out).toBe("ran\n");
    const saved = await cluster.ask("GET", "/images/second:name/get");
    expect(saved.headers["content-type"]).toBe("application/x-tar");
    expect((await cluster.docker(["rmi", "only:gamma", "second:name"])).code).toBe(0);
    expect((await cluster.ask("GET", "/images/second:name/json")).status).toBe(404);
  });

  test("15: what is loaded is on every node, so that a service's tasks may run on any", async () => {
    const { cluster, engines } = gateway;
    await engines[1]!.docker("tag", "busybox", "loaded:everywhere");
    const file = join(mkdtempSync(join(tmpdir(), "image-")), "image.tar");
    await engines[1]!.docker("save", "-o", file, "loaded:everywhere");
    await engines[1]!.docker("rmi", "loaded:everywhere");
    const loaded = await cluster.docker(["load", "-i", file]);
    rmSync(dirname(file), { recursive: true });
    expect([loaded.code, loaded.err, loaded.out]).toEqual([0, "", expect.stringContaining("loaded:everywhere")]);
    for (const engine of engines) await engine.docker("image", "inspect", "loaded:everywhere");
    const broken = await cluster.docker(["load"], { input: "no image" });
    expect(broken.code).not.toBe(0);
    await cluster.docker(["rmi", "loaded:everywhere"]);
  });

  both("16: a classic build runs, can be stopped, and its image is found by the next run", async (client) => {
    const built = await client.docker(["build", "-q", "-t", "built:here", "-"], {
      input: "FROM busybox\nRUN echo built >/made\nCMD cat /made\n",
    });
    expect([built.code, built.err]).toEqual([0, expect.not.stringMatching(/error/i)]);
    expect((await client.docker(["run", "--rm", "built:here"])).out).toBe("built\n");
    await client.docker(["rmi", "-f", "built:here"]);
  });

  both("17: volumes keep their names; anonymous ones go with their container; one in use is 409", async (client) => {
    await client.json("POST", "/volumes/create", { Name: "data", Labels: { a: "b" } });
    expect((await client.json("POST", "/volumes/create", { Name: "data" })).Labels).toEqual({ a: "b" });
    await client.docker(["run", "--rm", "-v", "data:/d", "busybox", "sh", "-c", "echo kept >/d/file"]);
    expect((await client.docker(["run", "--rm", "-v", "data:/d", "busybox", "cat", "/d/file"])).out).toBe("kept\n");
    await client.docker([
      "run",
      "-d",
      "--name",
      "holder",
      "-v",
      "data:/d",
      "-v",
      "/anonymous",
      "busybox",
      "sleep",
      "600",
    ]);
    expect((await client.docker(["run", "--rm", "--volumes-from", "holder", "busybox", "cat", "/d/file"])).out).toBe(
      "kept\n",
    );
    expect((await client.ask("DELETE", "/volumes/data")).status).toBe(409);
    await client.docker(["rm", "-fv", "holder"]);
    const { Volumes } = await client.json("GET", "/volumes");
    expect(Volumes.map(({ Name }: { Name: string }) => Name)).toEqual(["data"]);
    expect((await client.ask("DELETE", "/volumes/data")).status).toBe(204);
  });

  both(
    "18: a network made for the purpose: containers find each other by name, join later, and are all shown",
    async (client) => {
      await client.docker(["network", "create", "eighteen"]);
      const on = (name: string, node: string) =>
        client.docker([
          "run",
          "-d",
          "--name",
          name,
          "--network",
          "eighteen",
          ...(client.kind === "cluster" ? ["-e", `constraint:node==${node}`] : []),
          "busybox",
          "sleep",
          "600",
        ]); // prettier-ignore
      await on("left", "beta");
      await on("right", "gamma");
      await sleeper(client, "late");
      expect((await client.docker(["network", "connect", "eighteen", "late"])).err).toBe("");
      const ping = await client.docker(["exec", "late", "ping", "-c", "1", "-W", "3", "left"]);
      expect([ping.code, ping.err]).toEqual([0, ""]);
      const { Containers } = await client.json("GET", "/networks/eighteen");
      const members = Object.values(Containers as Record<string, { Name: string }>).map(({ Name }) => Name);
      expect(members).toEqual(expect.arrayContaining(["left", "right", "late"]));
      expect((await client.docker(["network", "disconnect", "eighteen", "late"])).code).toBe(0);
      await client.docker(["rm", "-f", "left", "right", "late"]);
      await expect.poll(async () => (await client.docker(["network", "rm", "eighteen"])).code, soon).toBe(0);
      expect((await client.json("GET", "/networks")).map(({ Name }: { Name: string }) => Name)).toContain("bridge");
    },
  );

  both("19: an exec has its exit code, by its id", async (client) => {
    await sleeper(client, "nineteen");
    const { Id } = await client.json("POST", "/containers/nineteen/exec", { Cmd: ["sh", "-c", "exit 4"] });
    await client.json("POST", `/exec/${Id}/start`, { Detach: true });
    await expect.poll(async () => (await client.json("GET", `/exec/${Id}/json`)).ExitCode, soon).toBe(4);
  });

  both("20: files go in and out, with the path's own header", async (client) => {
    await sleeper(client, "twenty");
    expect((await client.docker(["cp", "/etc/hostname", "twenty:/tmp/copied"])).code).toBe(0);
    const head = await client.ask("HEAD", "/containers/twenty/archive?path=/tmp/copied");
    const stat = JSON.parse(Buffer.from(String(head.headers["x-docker-container-path-stat"]), "base64").toString());
    expect([head.status, stat.name]).toEqual([200, "copied"]);
    expect((await client.ask("GET", "/containers/twenty/archive?path=/tmp/copied")).headers["content-type"]).toBe(
      "application/x-tar",
    );
    expect((await client.ask("GET", "/containers/twenty/archive?path=/nothing")).status).toBe(404);
  });

  both("21: what is so already is 304, what is done is 204", async (client) => {
    await sleeper(client, "twentyone");
    const status = async (path: string) => (await client.ask("POST", path)).status;
    expect(await status("/containers/twentyone/start")).toBe(304);
    expect(await status("/containers/twentyone/stop?t=0")).toBe(204);
    expect(await status("/containers/twentyone/stop?t=0")).toBe(304);
    expect(await status("/containers/twentyone/start")).toBe(204);
    expect(await status("/containers/twentyone/kill")).toBe(204);
  });

  both(
    "22: prunes, disk usage, and what belongs to a swarm or to plugins, answer as an engine's do",
    async (client) => {
      for (const what of ["containers", "images", "networks", "volumes", "build"])
        expect([what, (await client.ask("POST", `/${what}/prune`)).status]).toEqual([what, 200]);
      expect(await client.json("GET", "/system/df")).toMatchObject({
        Images: expect.any(Array),
        LayersSize: expect.any(Number),
      });
      expect((await client.ask("GET", "/plugins")).status).toBe(200);
      const expected = client.kind === "cluster" ? 200 : 503;
      for (const noun of ["swarm", "nodes", "services", "tasks", "secrets", "configs"])
        expect([noun, (await client.ask("GET", `/${noun}`)).status]).toEqual([noun, expected]);
    },
  );

  test("24: the cluster's info sums what the nodes have, and its system is an engine's", async () => {
    const own = await Promise.all(
      gateway.engines.map(({ name }) => gateway.direct(name).then((client) => client.json("GET", "/info"))),
    );
    const info = await gateway.cluster.json("GET", "/info");
    for (const name of ["NCPU", "MemTotal", "Containers"])
      expect([name, info[name]]).toEqual([name, own.reduce((sum, one) => sum + one[name], 0)]);
    expect([info.OperatingSystem, info.Architecture]).toEqual([own[0].OperatingSystem, own[0].Architecture]);
  });

  test("26: without a certificate, or with another authority's, there is no connection", async () => {
    const { port } = gateway;
    const { request } = await import("node:https");
    const tried = (tls: object) =>
      new Promise<string>((resolve) => {
        request({ host: "127.0.0.1", port, path: "/_ping", rejectUnauthorized: false, ...tls }, () =>
          resolve("answered"),
        )
          .on("error", () => resolve("refused"))
          .end();
      });
    const { cert, key } = gateway.plain.tls;
    expect(await Promise.all([tried({}), tried({ cert, key })])).toEqual(["refused", "refused"]);
    const { cert: good, key: goodKey } = gateway.cluster.tls;
    expect(await tried({ cert: good, key: goodKey })).toBe("answered");
  });

  both("27: dockerode speaks to it", async ({ dockerode }) => {
    const container = await dockerode.createContainer({
      Image: "busybox",
      Cmd: ["cat"],
      OpenStdin: true,
      StdinOnce: true,
    });
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true });
    await container.start();
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.end("by dockerode\n");
    expect(await container.wait()).toMatchObject({ StatusCode: 0 });
    await expect.poll(() => Buffer.concat(chunks).subarray(8).toString(), soon).toBe("by dockerode\n");
    await container.remove();
  });

  test("a command that is followed ends when its node's container does", async () => {
    await gateway.cluster.docker([
      "run",
      "-d",
      "--name",
      "followed",
      "busybox",
      "sh",
      "-c",
      "echo begun; sleep 1; echo done",
    ]);
    const following = begin(gateway.cluster, ["logs", "-f", "followed"]);
    expect(await following.ended).toBe(0);
    expect(following.out()).toBe("begun\ndone\n");
    await clean(gateway.cluster);
  });
});
