import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { docker, left, makeTeam } from "./team.ts";

const patience = { timeout: 120_000, interval: 250 };

describe.runIf(dockerAvailable)("when things go otherwise than wished", () => {
  let server: TestServer;
  let team: Awaited<ReturnType<typeof makeTeam>>;
  const made: string[] = [];
  const make: typeof team.make = async (...wish) => {
    const id = await team.make(...wish);
    made.push(id);
    return id;
  };

  beforeAll(async () => {
    server = await startTestServer({ worker: true });
    team = await makeTeam(server, "Acme");
  });

  afterAll(async () => {
    for (const id of made) await team.send("DELETE", `/environments/${id}?wait=60`);
    await server.close();
  });

  test("a stop in the middle of an installation stops, and a start goes on from there", async () => {
    const id = await make("halted", { one: ["redis"] });
    await expect.poll(async () => (await team.node(id, "one")).state, patience).toBe("installing");
    const stopped = await team.send<{ state: string }>("POST", `/environments/${id}/stop?wait=60`);
    expect(stopped.state).toBe("stopped");
    expect(docker("inspect", "-f", "{{.State.Running}}", (await team.node(id, "one")).server_id!)).toBe("false");
    const started = await team.send<{ state: string }>("POST", `/environments/${id}/start?wait=200`);
    expect([started.state, (await team.node(id, "one")).state]).toEqual(["running", "ready"]);
  });

  test("a delete in the middle of an installation leaves nothing", async () => {
    const id = await make("dropped", { one: ["php"], two: ["java"] });
    await expect
      .poll(async () => (await team.get(id)).nodes.map(({ state }) => state), patience)
      .toContain("installing");
    const deleted = await team.send<{ state: string }>("DELETE", `/environments/${id}?wait=60`);
    expect([deleted.state, left(id)]).toEqual(["deleted", []]);
  });

  test("a node that fails names step, status and last lines, leaves the others running, and can be retried alone", async () => {
    const id = await make("partly", { good: [], bad: [] }, { wait: 200 });
    const { server_id } = await team.node(id, "bad");
    const broken = "/etc/apt/apt.conf.d/00broken";
    docker("exec", server_id!, "sh", "-c", `echo 'Acquire::http::Proxy "http://127.0.0.1:9";' > ${broken}`);
    const nodes = [
      { name: "good", size: "small", packages: [] },
      { name: "bad", size: "small", packages: ["redis"] },
    ];
    await team.send("PUT", `/environments/${id}`, { nodes });
    await expect.poll(async () => (await team.get(id)).state, patience).toBe("degraded");
    const bad = await team.node(id, "bad");
    expect(bad.state).toBe("failed");
    expect(bad.error).toMatch(/(preparing|installing redis).* exit status \d+\n.*127\.0\.0\.1/s);
    expect((await team.node(id, "good")).state).toBe("ready");
    docker("exec", server_id!, "rm", broken);
    await team.send("POST", `/environments/${id}/nodes/bad/retry`);
    await expect.poll(async () => (await team.get(id)).state, patience).toBe("running");
    expect((await team.node(id, "bad")).server_id).toBe(server_id);
  });

  test("a server stopped behind our back is shown, and starts with one call", async () => {
    const id = await make("drifting", { one: [] }, { wait: 200 });
    const { server_id } = await team.node(id, "one");
    docker("update", "--restart", "no", server_id!);
    docker("stop", server_id!);
    await expect
      .poll(async () => (await team.node(id, "one")).drift, { timeout: 60_000, interval: 500 })
      .toBe("stopped");
    expect((await team.get(id)).state).toBe("degraded");
    const started = await team.send<{ state: string }>("POST", `/environments/${id}/start?wait=120`);
    expect([started.state, (await team.node(id, "one")).drift]).toEqual(["running", null]);
  });

  test("an environment that wishes to heal has a lost server made again by itself", async () => {
    const id = await make("healing", { one: [] }, { wait: 200, heal: true });
    const { server_id } = await team.node(id, "one");
    docker("rm", "-f", server_id!);
    const anew = async () => {
      const node = await team.node(id, "one");
      return node.state === "ready" && node.server_id !== server_id;
    };
    await expect.poll(anew, patience).toBe(true);
  });
});
