import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { audit, clientCertificates, users } from "#drizzle/schema/index.ts";
import { beginTokenSession } from "#lib/auth/sessions.ts";
import { loadConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { serveByPath, staysByPath, upgradeByPath } from "#lib/gateway/by-path.ts";
import { seedAccount } from "#tests/support/account.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { seedEnvironment } from "#tests/support/environment.ts";
import { begin, clientOf } from "./client.ts";
import { type Gateway, startGateway } from "./fixture.ts";

const soon = { timeout: 10_000, interval: 100 };
let gateway: Gateway;

const context = (token: string, path: string) => gateway.server.call("GET", path, { token });

describe.runIf(dockerAvailable)("who may do what through the endpoint", () => {
  beforeAll(async () => {
    gateway = await startGateway("10.98.3");
    await gateway.cluster.docker(["run", "-d", "--name", "kept", "busybox", "sleep", "600"]);
  });
  afterAll(() => gateway?.close());

  test("a viewer reads, and changes nothing", async () => {
    const { token, ctx } = await gateway.member("viewer");
    const viewer = await gateway.clientFor({ token, ctx });
    for (const words of [
      ["ps"],
      ["inspect", "kept"],
      ["logs", "kept"],
      ["images"],
      ["info"],
      ["node", "ls"],
      ["stats", "--no-stream"],
      ["top", "kept"],
    ])
      expect([words, (await viewer.docker(words)).code]).toEqual([words, 0]);
    for (const words of [
      ["exec", "kept", "true"],
      ["rm", "-f", "kept"],
      ["run", "busybox"],
      ["pull", "busybox"],
      ["volume", "create", "v"],
      ["cp", "kept:/etc/passwd", "-"],
      ["swarm", "join-token", "worker"],
    ]) {
      const { code, err } = await viewer.docker(words);
      expect([words, code === 0, err]).toEqual([
        words,
        false,
        expect.stringMatching(/needs the role operator; yours is viewer/),
      ]);
    }
  });

  test("headers and queries may be as long as an engine takes them", async () => {
    const config = Buffer.from(JSON.stringify({ "r.example": { password: "p".repeat(100_000) } })).toString(
      "base64url",
    );
    const long = { "x-registry-config": config };
    expect((await gateway.cluster.ask("GET", `/_ping?args=${"a".repeat(100_000)}`, undefined, long)).status).toBe(200);
  });

  test("no other spelling of a path gets a viewer past the role", async () => {
    const viewer = await gateway.clientFor(await gateway.member("viewer"));
    for (const path of [
      "/containers/kept/%65xport",
      "/containers/kept/attach%2Fws",
      "/swarm/%75nlockkey",
      "/images/busybox/%67et",
      "/containers/kept//export",
      "/v1.41/v1.41/swarm",
    ])
      expect([path, (await viewer.ask("GET", path)).status]).toEqual([path, 404]);
    for (const path of ["/containers/kept/export", "/v1.41/swarm", "/images/get?names=busybox", "/swarm/unlockkey/"])
      expect([path, (await viewer.ask("GET", path)).status]).toEqual([path, 403]);
  });

  test("what changes something is written down: who, method, path, status; exec with its beginning and end", async () => {
    const operator = await gateway.member("operator");
    const client = await gateway.clientFor(operator);
    await client.docker(["exec", "kept", "true"]);
    await client.docker(["rm", "-f", "nobody"]);
    const lines = async () =>
      (await db().select().from(audit).where(eq(audit.userId, operator.ctx.user.id)).orderBy(audit.id))
        .filter(({ action }) => action === "docker.request")
        .map(({ details, address }) => ({ ...details, address }));
    await expect.poll(async () => (await lines()).length, soon).toBe(4);
    const common = { environment: "swarm", address: "127.0.0.1" };
    expect(await lines()).toEqual([
      { ...common, method: "POST", path: "/containers/kept/exec", status: 201 },
      { ...common, method: "POST", path: expect.stringMatching(/^\/exec\/[0-9a-f]{64}\/start$/), phase: "start" },
      {
        ...common,
        method: "POST",
        path: expect.stringMatching(/^\/exec\/[0-9a-f]{64}\/start$/),
        phase: "end",
        status: 101,
      },
      { ...common, method: "DELETE", path: "/containers/nobody", status: 404 },
    ]);
  });

  test("a bundle is for one cluster: what is none is 409, another organisation's is 404", async () => {
    const single = await seedEnvironment(gateway.place, { name: "no cluster" });
    const { token } = gateway.owner;
    const none = await context(token, `/environments/${single}/docker-context`);
    expect([none.status, none.body.errors[0].message]).toEqual([409, expect.stringMatching(/is not a Docker cluster/)]);
    const stranger = await seedAccount("Others");
    expect((await context(stranger.token, `/environments/${gateway.id}/docker-context`)).status).toBe(404);
    const viewer = await gateway.member("viewer");
    expect((await context(viewer.token, `/environments/${gateway.id}/docker-context?node=beta`)).status).toBe(403);
    expect((await context(token, `/environments/${gateway.id}/docker-context?node=nobody`)).status).toBe(404);
  });

  test("the lines of docker-env are a shell's, and connect", async () => {
    const { status, text } = await context(gateway.owner.token, `/environments/${gateway.id}/docker-env`);
    expect(status).toBe(200);
    const home = gateway.cluster.folder;
    const script = `eval "$LINES_TO_EVAL"\nstat -c %a "$DOCKER_CERT_PATH/key.pem"\ndocker ps --format '{{.Names}}'`;
    const out = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, HOME: home, LINES_TO_EVAL: text };
      execFile("sh", ["-euc", script], { env, timeout: 20_000 }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
    expect(out).toBe("600\nkept\n");
  });

  test("a context is imported by the docker command, and connects; a node's goes to that node alone", async () => {
    const names: string[] = [];
    for (const query of ["", "?node=beta"]) {
      const response = await fetch(`${gateway.server.url}/environments/${gateway.id}/docker-context${query}`, {
        headers: { "authentication-token": gateway.owner.token },
      });
      const name = response.headers.get("content-disposition")!.match(/"(.+)\.tar"/)![1]!;
      const archive = join(gateway.cluster.folder, `${name}.tar`);
      writeFileSync(archive, Buffer.from(await response.arrayBuffer()));
      names.push(name);
      const env = { ...process.env, DOCKER_CONFIG: gateway.cluster.folder };
      execFileSync("docker", ["context", "import", name, archive], { env, stdio: "pipe" });
    }
    const use = (name: string, ...words: string[]) => run(["--context", name, ...words]);
    expect(await use(names[0]!, "info", "--format", "{{.Name}}")).toBe("swarm\n");
    expect(await use(names[1]!, "info", "--format", "{{.Name}}")).toBe("beta\n");
  });

  test("a revoked certificate is refused within two seconds, and what it has open ends; a revoked token takes its own along", async () => {
    const certificates = `/environments/${gateway.id}/docker-certificates`;
    const member = await gateway.member("operator");
    const client = await gateway.clientFor(member);
    expect((await client.ask("GET", "/containers/json")).status).toBe(200);
    const lasting = begin(client, ["exec", "kept", "sh", "-c", "echo begun; exec sleep 120"]);
    await expect.poll(lasting.out, soon).toContain("begun");
    const [held] = (await context(member.token, certificates)).body;
    expect(held).toMatchObject({ scope: "endpoint", role: "operator" });
    await gateway.server.call("DELETE", `${certificates}/${held.id}`, { token: member.token });
    const status = async () => (await client.ask("GET", "/containers/json")).status;
    await expect.poll(status, { timeout: 2_500, interval: 100 }).toBe(401);
    await expect.poll(() => lasting.child.exitCode, soon).not.toBeNull();
    const { body } = await gateway.server.call("POST", "/tokens", { token: member.token, body: { name: "ci" } });
    await context(body.persistent_token, `/environments/${gateway.id}/docker-env`);
    await gateway.server.call("DELETE", `/tokens/${body.id}`, { token: member.token });
    const rows = await db().select().from(clientCertificates).where(eq(clientCertificates.userId, member.ctx.user.id));
    expect(rows.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, true]);
  });

  test("a certificate does not outlive the token that asked for it, nor the password of the log-in that did", async () => {
    const { ctx, token } = await gateway.member("operator");
    const path = `/environments/${gateway.id}/docker-env`;
    const day = { name: "a day", expires_in_days: 1 };
    const { body } = await gateway.server.call("POST", "/tokens", { token, body: day });
    expect((await context(body.persistent_token, path)).status).toBe(200);
    const mine = { userId: ctx.user.id, organisationId: ctx.organisation.id };
    const session = await beginTokenSession(db(), mine);
    expect((await context(session, path)).status).toBe(200);
    const { userId, tokenId } = clientCertificates;
    const rows = () => db().select().from(clientCertificates).where(eq(userId, mine.userId)).orderBy(isNull(tokenId));
    const hours = (await rows()).map(({ expiresAt }) => Math.round((expiresAt.getTime() - Date.now()) / 3_600_000));
    expect(hours).toEqual([24, 30 * 24]);
    await db().update(users).set({ passwordHash: null }).where(eq(users.id, mine.userId));
    const changed = await gateway.server.call("POST", "/accounts/password", {
      token: session,
      body: { password: "the first one" },
    });
    expect(changed.status).toBe(200);
    expect((await rows()).map(({ revokedAt }) => revokedAt !== null)).toEqual([false, true]);
  });

  test("an exec is found by its id although nobody remembers it: after a restart of ours", async () => {
    const { Id } = await gateway.cluster.json("POST", "/containers/kept/exec", { Cmd: ["sh", "-c", "exit 4"] });
    vi.resetModules();
    const { dockerEndpoint } = await import("#lib/gateway/listener.ts");
    const again = await dockerEndpoint(db, loadConfig(process.env));
    await new Promise<void>((resolve) => again.server.listen(0, "127.0.0.1", resolve));
    const { ca, cert: certificate, key: privateKey } = gateway.cluster.tls;
    const client = clientOf("cluster", "127.0.0.1", (again.server.address() as AddressInfo).port, {
      ca,
      certificate,
      privateKey,
    });
    await client.json("POST", `/exec/${Id}/start`, { Detach: true });
    await expect.poll(async () => (await client.json("GET", `/exec/${Id}/json`)).ExitCode, soon).toBe(4);
    await again.stop();
  });

  describe("by a path and a token", () => {
    const ways = { db, isPrivate: ({ headers }: IncomingMessage) => headers.plain !== "yes" };
    let port: number;
    let close: () => void;
    beforeAll(async () => {
      const server = createServer(
        { shouldUpgradeCallback: (asked) => !staysByPath(asked) },
        (asked, answer) => void (serveByPath(ways, asked, answer) || answer.writeHead(404).end()),
      );
      server.on(
        "upgrade",
        (asked, socket, head) => void (upgradeByPath(ways, asked, socket, head) || socket.destroy()),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
      close = () => {
        server.close();
        server.closeAllConnections();
      };
    });
    afterAll(() => close());

    const get = (path: string, headers: Record<string, string> = {}) => send("GET", path, headers);
    const send = (method: string, path: string, headers: Record<string, string>, text?: string) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const timeout = AbortSignal.timeout(20_000);
        const sent = request({ port, method, path, headers, signal: timeout }, async (response) => {
          let body = "";
          for await (const chunk of response) body += chunk;
          resolve({ status: response.statusCode!, body });
        });
        sent.on("error", reject).end(text);
      });

    test("the docker command, with the token in its configuration", async () => {
      const folder = mkdtempSync(`${tmpdir()}/docker-path-`);
      writeFileSync(
        `${folder}/config.json`,
        JSON.stringify({ HttpHeaders: { "Authentication-Token": gateway.owner.token } }),
      );
      const host = `tcp://127.0.0.1:${port}/environments/${gateway.id}/docker`;
      const docker = (words: string[], input?: string) => run(["-H", host, ...words], { DOCKER_CONFIG: folder }, input);
      expect(await docker(["ps", "--format", "{{.Names}}"])).toBe("kept\n");
      expect(await docker(["exec", "-i", "kept", "cat"], "by path")).toBe("by path");
      const one = `tcp://127.0.0.1:${port}/environments/${gateway.id}/nodes/gamma/docker`;
      expect(await run(["-H", one, "info", "--format", "{{.Name}}"], { DOCKER_CONFIG: folder })).toBe("gamma\n");
    });

    test("a client that offers another protocol with every request is answered without it, its body heard, by either way", async () => {
      const offer = {
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        "http2-settings": "AAMAAABkAAQAoAAAAAIAAAAA",
      };
      const made = await gateway.cluster.ask("POST", "/volumes/create", { Name: "offered" }, offer);
      expect([made.status, JSON.parse(made.body).Name]).toEqual([201, "offered"]);
      const mine = { ...offer, "authentication-token": gateway.owner.token };
      const volumes = `/environments/${gateway.id}/docker/v1.41/volumes`;
      const again = await send("POST", `${volumes}/create`, mine, JSON.stringify({ Name: "by-path" }));
      expect([again.status, JSON.parse(again.body).Name]).toEqual([201, "by-path"]);
      expect((await get(`${volumes}/offered`, mine)).status).toBe(200);
    });

    test("no token is 401, another's environment and an unknown node are 404, in Docker's JSON", async () => {
      const path = `/environments/${gateway.id}/docker/v1.41/containers/json`;
      const stranger = await seedAccount("Others");
      const mine = { "authentication-token": gateway.owner.token };
      const answers = await Promise.all([
        get(path),
        get(path, { "authentication-token": stranger.token }),
        get(path.replace("/docker/", "/nodes/nobody/docker/"), mine),
        get(path.replace("/docker/", "/nodes/%zz/docker/"), mine),
        get(path, { ...mine, plain: "yes" }),
        get(path, mine),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([401, 404, 404, 404, 403, 200]);
      for (const { body } of answers.slice(0, 5)) expect(JSON.parse(body)).toEqual({ message: expect.any(String) });
    });
  });
});

/** The docker command with the cluster's folder as its configuration, unless said otherwise. */
async function run(words: string[], variables: Record<string, string> = {}, input?: string): Promise<string> {
  const env = { ...process.env, DOCKER_CONFIG: gateway.cluster.folder, ...variables };
  return new Promise((resolve, reject) => {
    const child = execFile("docker", words, { env, timeout: 20_000 }, (error, out, err) =>
      error ? reject(new Error(err)) : resolve(out),
    );
    if (input !== undefined) child.stdin!.end(input);
  });
}
