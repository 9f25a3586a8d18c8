import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startRegistry } from "#tests/support/registry.ts";
import { type Gateway, startGateway } from "./fixture.ts";

const subnet = "10.98.2";
const users = { ada: "difference-engine", bob: "another-password" };

let gateway: Gateway;
let registry: Awaited<ReturnType<typeof startRegistry>>;

const add = (body: object) =>
  gateway.server.call("POST", "/integrations/docker-hub", { token: gateway.owner.token, body });
const remove = (id: string) =>
  gateway.server.call("DELETE", `/integrations/docker-hub/${id}`, { token: gateway.owner.token });

describe.runIf(dockerAvailable)("registries", () => {
  beforeAll(async () => {
    gateway = await startGateway(subnet);
    registry = await startRegistry(`${subnet}.2`, 5000, users);
  });
  afterAll(async () => {
    registry?.stop();
    await gateway?.close();
  });

  test("credentials are tried at once: taken, refused, or not to be asked", async () => {
    const url = `http://${registry.name}`;
    const taken = await add({ name: "ours", url, username: "ada", password: users.ada });
    expect([taken.status, taken.body.verified, taken.body.reason]).toEqual([200, true, null]);
    expect(taken.text).not.toContain(users.ada);
    const refused = await add({ name: "wrong", url, username: "ada", password: "wrong" });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, "password"]);
    expect(refused.body.errors[0].message).toMatch(/refuses this user name and password/);
    const away = await add({ name: "away", url: `http://${subnet}.1:5999`, username: "ada", password: "any" });
    expect([away.status, away.body.verified]).toEqual([200, false]);
    expect(away.body.reason).toMatch(/could not be asked: .*ECONNREFUSED/);
    const inner = await add({ name: "inner", url: "http://169.254.169.254", username: "ada", password: "any" });
    expect(inner.body.reason).toBe("The registry could not be asked: 169.254.169.254: address not allowed.");
    for (const { body } of [taken, away, inner]) await remove(body.id);
  });

  test("14 and 23: log in, push, pull onto every node; a node that cannot is named", async () => {
    const { cluster, engines } = gateway;
    const image = `${registry.name}/team/app:1`;
    expect((await cluster.docker(["login", "-u", "ada", "-p", "wrong", registry.name])).code).not.toBe(0);
    expect((await cluster.docker(["login", "-u", "ada", "-p", users.ada, registry.name])).out).toContain(
      "Login Succeeded",
    );
    await cluster.docker(["tag", "busybox", image]);
    expect((await cluster.docker(["push", image])).code).toBe(0);
    await cluster.docker(["rmi", image]);
    const pulled = await cluster.docker(["pull", image]);
    expect([pulled.code, pulled.out]).toEqual([0, expect.stringMatching(/Status: Downloaded newer image/)]);
    for (const engine of engines) expect(await engine.docker("images", "-q", image)).toMatch(/^[0-9a-f]{12}$/);
    await cluster.docker(["rmi", image]);
    const [, beta] = engines;
    beta!.ip("route", "add", "unreachable", `${subnet}.2`);
    const partly = await cluster.docker(["pull", image]);
    beta!.ip("route", "del", "unreachable", `${subnet}.2`);
    expect([partly.code, partly.err]).toEqual([1, expect.stringMatching(/beta: /)]);
    await cluster.docker(["rmi", image]);
    await cluster.docker(["logout", registry.name]);
  });

  test("a client without credentials pulls with the organisation's: by host, then by the longest path", async () => {
    const { cluster, engines } = gateway;
    const image = `${registry.name}/team/app:1`;
    expect((await cluster.docker(["pull", image])).code).not.toBe(0);
    const url = `http://${registry.name}`;
    const { body } = await add({ name: "ours", url: `${url}/team`, username: "ada", password: users.ada });
    const other = await add({
      name: "others",
      url: `http://${registry.name}/other`,
      username: "bob",
      password: users.bob,
    });
    expect((await cluster.docker(["pull", "-q", image])).err).toBe("");
    for (const engine of engines) expect(await engine.docker("images", "-q", image)).not.toBe("");
    const service = await cluster.docker(["service", "create", "-qd", "--name", "app", image, "sleep", "600"]);
    expect([service.code, service.err]).toEqual([0, ""]);
    const state = async () => (await cluster.docker(["service", "ps", "app", "--format", "{{.CurrentState}}"])).out;
    await expect.poll(state, { timeout: 30_000 }).toMatch(/^Running/);
    await cluster.docker(["service", "rm", "app"]);
    const built = await cluster.docker(["build", "-q", "--pull", "-"], { input: `FROM ${image}\n` });
    expect(built.code).toBe(0);
    await remove(body.id);
    await remove(other.body.id);
    await cluster.docker(["rmi", "-f", image]);
    expect((await cluster.docker(["pull", image])).code).not.toBe(0);
  });

  test("a registry that hands out tokens, as Docker Hub does: verified, logged in to, and pulled from for the organisation", async () => {
    const { cluster, engines } = gateway;
    const tokens = await startRegistry(`${subnet}.2`, 5002, users, 5003);
    try {
      const image = `${tokens.name}/team/app:1`;
      const url = `http://${tokens.name}`;
      const wrong = await add({ name: "wrong", url, username: "ada", password: "wrong" });
      expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, "password"]);
      const ours = await add({ name: "ours", url, username: "ada", password: users.ada });
      expect([ours.status, ours.body.verified, ours.body.reason]).toEqual([200, true, null]);
      expect(tokens.asked).toEqual(["ada logs in", "ada logs in"]);
      const login = await cluster.docker(["login", "-u", "bob", "-p", users.bob, tokens.name]);
      expect(login.out).toContain("Login Succeeded");
      await cluster.docker(["tag", "busybox", image]);
      expect((await cluster.docker(["push", image])).code).toBe(0);
      await cluster.docker(["rmi", image]);
      await cluster.docker(["logout", tokens.name]);
      tokens.asked.length = 0;
      expect((await cluster.docker(["pull", "-q", image])).err).toBe("");
      for (const engine of engines) expect(await engine.docker("images", "-q", image)).not.toBe("");
      expect(new Set(tokens.asked)).toEqual(new Set(["ada repository:team/app:pull"]));
      await remove(ours.body.id);
      await cluster.docker(["rmi", "-f", image]);
      expect((await cluster.docker(["pull", image])).code).not.toBe(0);
    } finally {
      tokens.stop();
    }
  });
});
