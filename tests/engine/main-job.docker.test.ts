import { execFileSync } from "node:child_process";
import { connect } from "node:net";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { overSsh } from "#tests/providers/ssh.ts";
import { seedAccount } from "#tests/support/account.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const ours = generateKeyPair("somebody's laptop");
const socket = "unix:///var/run/docker.sock";

describe.runIf(dockerAvailable)("the main job, on real servers", () => {
  let server: TestServer;
  let token: string;
  let id: string;
  const send = async (method: string, path: string, body?: unknown) => {
    const signal = AbortSignal.timeout(280_000);
    const answer = await server.call(method, path, { token, signal, ...(body ? { body } : {}) });
    expect([path, answer.status, answer.status >= 400 ? answer.text : ""]).toEqual([path, 200, ""]);
    return answer.body;
  };
  const nodeNamed = async (name: string) => {
    const { nodes } = await send("GET", `/environments/${id}`);
    return nodes.find((node: { name: string }) => node.name === name);
  };
  const run = async (name: string, command: string, timeoutMs = 60_000) => {
    const { endpoints } = await nodeNamed(name);
    return (await overSsh(endpoints.ssh, ours, command, timeoutMs)).output;
  };
  const marked = (...kind: string[]) =>
    execFileSync("docker", [...kind, "-q", "--filter", `label=io.cloudhero.environment=${id}`], {
      encoding: "utf8",
    }).trim();

  beforeAll(async () => {
    server = await startTestServer({ worker: true });
    token = (await seedAccount("Acme")).token;
    await send("POST", "/keys", { name: "laptop", public_key: ours.publicKey });
    const provider = await send("POST", "/providers", {
      cloud_provider: "docker",
      provider_name: "laptop",
      host: socket,
    });
    const [application] = await send("POST", "/applications", { application_name: "My App" });
    const nodes = [
      { name: "web", size: "small", packages: ["nginx"] },
      { name: "db", size: "small", packages: ["mysql"] },
      { name: "dock", size: "small", packages: ["docker"] },
    ];
    const wish = { provider_id: provider.id, region: "local", environment: "staging", nodes };
    const made = await send("POST", `/applications/${application.id}/environments?wait=270`, wish);
    id = made.environment;
    expect(made.state).toBe("running");
  });

  afterAll(async () => {
    if (id) await server.call("DELETE", `/environments/${id}?wait=60`, { token });
    await server.close();
  });

  test("nginx answers a page at the reported address", async () => {
    const { host, port } = (await nodeNamed("web")).endpoints.nginx;
    const answer = await fetch(`http://${host}:${port}/`);
    expect(await answer.text()).toContain("Welcome to nginx");
  });

  test("mysql takes the retrieved credentials, and no others", async () => {
    const [credential] = await send("GET", `/environments/${id}/nodes/db/credentials`);
    const { host, port, username: user, password, database } = credential;
    const connection = await mysql.createConnection({ host, port, user, password, database });
    const [rows] = await connection.query("select 1 as one");
    expect(rows).toEqual([{ one: 1 }]);
    await connection.end();
    await expect(mysql.createConnection({ host, port, user, password: "wrong" })).rejects.toThrow(/Access denied/);
  });

  test("an image runs in the docker node's own engine", async () => {
    await run("dock", "sudo apt-get install -y -qq busybox-static && mkdir -p root/bin && cp /bin/busybox root/bin/");
    const image = "tar -C root -c . | docker import - busybox";
    expect(await run("dock", `${image} && docker run --rm busybox busybox echo from the inner engine`)).toContain(
      "from the inner engine",
    );
  });

  test("nodes reach each other by name", async () => {
    expect(await run("web", "ping -c 1 -W 2 db && ping -c 1 -W 2 dock")).toMatch(/1 received[\s\S]*1 received/);
  });

  test("the host key is the server's own, not the one that we sent", async () => {
    expect(await run("web", "ls /etc/ssh/*_key")).toBe("/etc/ssh/ssh_host_ed25519_key");
  });

  test("a package added later is installed, answers at its endpoint, and the others go on", async () => {
    const { nodes } = await send("GET", `/environments/${id}`);
    const wished = nodes.map(({ name, size, packages }: { name: string; size: string; packages: string[] }) => ({
      name,
      size,
      packages: name === "web" ? [...packages, "redis"] : packages,
    }));
    expect((await send("PUT", `/environments/${id}?wait=120`, { nodes: wished })).state).toBe("running");
    const { host, port } = (await nodeNamed("web")).endpoints.redis;
    expect(await answerOf(host, port, "PING\r\n")).toContain("NOAUTH");
  });

  test("query, stop and start tell the cloud's truth", async () => {
    const stopped = await send("GET", `/environments/${id}/stop?wait=60`);
    expect(stopped.state).toBe("stopped");
    const queried = serversOf(await send("GET", `/environments/${id}/query`));
    expect(Object.values(queried).map(({ state }) => state)).toEqual(["stopped", "stopped", "stopped"]);
    const started = await send("GET", `/environments/${id}/start?wait=120`);
    expect(started.state).toBe("running");
    expect([Object.keys(serversOf(stopped)), Object.keys(serversOf(started))]).toEqual([
      Object.keys(queried),
      Object.keys(queried),
    ]);
    const { host, port } = (await nodeNamed("web")).endpoints.nginx;
    expect((await fetch(`http://${host}:${port}/`)).status).toBe(200);
  });

  test("a server removed behind our back is shown within a minute, and made again on request", async () => {
    const { server_id } = await nodeNamed("web");
    execFileSync("docker", ["rm", "-f", server_id]);
    await expect.poll(async () => (await nodeNamed("web")).drift, { timeout: 60_000 }).toBe("missing");
    expect((await send("GET", `/environments/${id}`)).state).toBe("degraded");
    await send("POST", `/environments/${id}/nodes/web/retry`);
    await expect.poll(async () => (await nodeNamed("web")).state, { timeout: 120_000 }).toBe("ready");
    expect((await nodeNamed("web")).server_id).not.toBe(server_id);
  });

  test("delete leaves no container, no volume and no network of ours", async () => {
    const deleted = await send("GET", `/environments/${id}/delete?wait=60`);
    expect(deleted.state).toBe("deleted");
    expect([marked("ps", "-a"), marked("volume", "ls"), marked("network", "ls")]).toEqual(["", "", ""]);
  });
});

function answerOf(host: string, port: number, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(question));
    socket.setTimeout(5_000, () => socket.destroy(new Error("no answer")));
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

type Report = { std_out: Record<string, { docker: Record<string, { state?: string }> }> };

/** An answer's servers by name, whatever the provider's alias. */
const serversOf = ({ std_out }: Report) => Object.values(std_out)[0]!.docker;
