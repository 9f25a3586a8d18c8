import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerAvailable } from "#tests/support/docker.ts";
import type { Client, Ran } from "./client.ts";
import { type Gateway, startGateway } from "./fixture.ts";

const plugins = ["/usr/libexec/docker/cli-plugins", "/usr/local/lib/docker/cli-plugins", "/usr/lib/docker/cli-plugins"];
const has = (plugin: string) => plugins.some((folder) => existsSync(join(folder, `docker-${plugin}`)));
const old = "/usr/bin/docker";
/** Debian's own, which Compose 1 needs as well. */
const dockerPy = "/usr/lib/python3/dist-packages/docker";

let gateway: Gateway;
let folder: string;

/** A command that finds the engine by the environment, as `docker-env` sets it. */
function run(client: Client, command: string, words: string[], more: Record<string, string> = {}): Promise<Ran> {
  const { host, port } = client.tls;
  const variables = {
    DOCKER_HOST: `tcp://${host}:${port}`,
    DOCKER_TLS_VERIFY: "1",
    DOCKER_CERT_PATH: client.folder,
    DOCKER_CONFIG: client.folder,
  };
  return new Promise((resolve) => {
    const env = { ...process.env, ...variables, COMPOSE_HTTP_TIMEOUT: "60", ...more };
    // Python's requests would take these for its own authorities, whatever it is told.
    for (const name of ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]) delete (env as NodeJS.ProcessEnv)[name];
    execFile(command, words, { cwd: folder, env, timeout: 180_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    );
  });
}

const compose = `
services:
  web:
    image: busybox
    command: sh -c "echo from-web >/tmp/index.html && exec httpd -f -h /tmp"
    volumes: [data:/data]
  check:
    build: .
    depends_on: [web]
    command: sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do wget -qO- http://web && exec sleep 600; sleep 1; done"
  idle:
    image: busybox
    command: sleep 600
    networks: [default, other]
volumes: {data: {}}
networks: {other: {}}
`;

describe.runIf(dockerAvailable)("real clients, against a plain engine and against the endpoint", () => {
  beforeAll(async () => {
    gateway = await startGateway("10.98.5");
    folder = mkdtempSync(join(tmpdir(), "project-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM busybox\nRUN echo built >/built\n");
    writeFileSync(join(folder, "compose.yml"), compose);
    writeFileSync(join(folder, "v1.yml"), `version: "3"\n${compose}`);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await gateway?.close();
  });

  async function upAndDown(client: Client, command: string, words: string[]): Promise<void> {
    const up = await run(client, command, [...words, "up", "-d"]);
    expect([up.code, up.code && up.err.slice(-600)]).toEqual([0, 0]);
    const logs = async () => (await run(client, command, [...words, "logs", "check"])).out;
    await expect.poll(logs, { timeout: 30_000, interval: 500 }).toContain("from-web");
    const again = await run(client, command, [...words, "up", "-d"]);
    expect([again.code, `${again.out}${again.err}`]).toEqual([0, expect.not.stringMatching(/Recreat/)]);
    expect((await run(client, command, [...words, "exec", "-T", "idle", "cat", "/etc/hostname"])).out).toMatch(
      /^[0-9a-f]{12}\n$/,
    );
    const down = await run(client, command, [...words, "down", "-t", "0", "-v", "--rmi", "local"]);
    expect([down.code, down.code && down.err]).toEqual([0, 0]);
    const left = await Promise.all(
      [
        ["ps", "-aq"],
        ["volume", "ls", "-q"],
        ["network", "ls", "-q", "--filter", "name=p_"],
      ].map((list) => client.docker(list)),
    );
    expect(left.map(({ out }) => out)).toEqual(["", "", ""]);
  }

  for (const kind of ["plain", "cluster"] as const) {
    test.runIf(has("compose"))(`Compose 2: up, up again, exec, logs, down (${kind})`, () =>
      upAndDown(gateway[kind], "docker", ["compose", "-p", "p", "-f", "compose.yml"]),
    );

    test.runIf(existsSync("/usr/bin/docker-compose"))(`Compose 1: up, up again, exec, logs, down (${kind})`, () =>
      upAndDown(gateway[kind], "/usr/bin/docker-compose", ["-p", "p", "-f", "v1.yml"]),
    );

    test.runIf(has("buildx"))(`16: buildx builds on one node, and a later run finds the image (${kind})`, async () => {
      const client = gateway[kind];
      const built = await run(client, "docker", ["buildx", "build", "--progress", "plain", "-t", "by:buildx", "."]);
      expect([built.code, built.code && built.err]).toEqual([0, 0]);
      expect((await client.docker(["run", "--rm", "by:buildx", "cat", "/built"])).out).toBe("built\n");
      expect((await run(client, "docker", ["buildx", "du"])).code).toBe(0);
      await client.docker(["rmi", "by:buildx"]);
    });

    test.runIf(existsSync(old))(`the command line of 20.10: run, exec, BuildKit, events (${kind})`, async () => {
      const client = gateway[kind];
      expect((await run(client, old, ["run", "--rm", "busybox", "echo", "old"])).out).toBe("old\n");
      const built = await run(client, old, ["build", "-q", "-t", "by:old", "."], { DOCKER_BUILDKIT: "1" });
      expect([built.code, built.code && built.err]).toEqual([0, 0]);
      expect((await run(client, old, ["run", "--rm", "by:old", "cat", "/built"])).out).toBe("built\n");
      await run(client, old, ["rmi", "by:old"]);
    });

    test(`dockerode: images, volumes, networks, exec, archives, events (${kind})`, async () => {
      const { dockerode } = gateway[kind];
      const volume = await dockerode.createVolume({ Name: "rode" });
      const network = await dockerode.createNetwork({ Name: "rode" });
      const container = await dockerode.createContainer({
        name: "rode",
        Image: "busybox",
        Cmd: ["sleep", "600"],
        HostConfig: { Binds: ["rode:/v"], NetworkMode: "rode" },
      }); // prettier-ignore
      await container.start();
      const exec = await container.exec({ Cmd: ["echo", "hello"], AttachStdout: true });
      const stream = await exec.start({});
      let said = "";
      for await (const chunk of stream) said += chunk.subarray(8);
      expect([said, (await exec.inspect()).ExitCode]).toEqual(["hello\n", 0]);
      expect((await dockerode.listContainers({ filters: { volume: ["rode"] } })).map(({ Names }) => Names)).toEqual([
        ["/rode"],
      ]);
      expect((await container.inspect()).State.Running).toBe(true);
      expect((await (await dockerode.getImage("busybox")).history()).length).toBeGreaterThan(0);
      await container.remove({ force: true });
      await volume.remove();
      await expect
        .poll(
          () =>
            network.remove().then(
              () => "gone",
              (error: { statusCode: number }) => error.statusCode,
            ),
          { timeout: 10_000 },
        )
        .toBe("gone"); // prettier-ignore
    });
  }

  test.runIf(existsSync(dockerPy))("docker-py sees of the endpoint what it sees of an engine", async () => {
    const script = join(import.meta.dirname, "client.py");
    const [plain, cluster] = await Promise.all(
      [gateway.plain, gateway.cluster].map((client) => run(client, "/usr/bin/python3", [script])),
    );
    expect([cluster!.code, cluster!.err.slice(-2_000)]).toEqual([0, ""]);
    expect(cluster!.out).toBe(plain!.out);
    expect(plain!.out.trim().split("\n")).toHaveLength(30);
  });

  test("the docker command shows of the endpoint what it shows of an engine", async () => {
    const script = join(import.meta.dirname, "client.sh");
    const [plain, cluster] = await Promise.all(
      [gateway.plain, gateway.cluster].map((client) => run(client, "/bin/sh", [script])),
    );
    expect(cluster!.out).toBe(plain!.out);
    expect([plain!.code, plain!.err, cluster!.code, cluster!.err]).toEqual([0, "", 0, ""]);
    expect(plain!.out.match(/^\S.* \[\d+\]$/gm)).toHaveLength(72);
  }, 200_000);

  test("Testcontainers sees of the endpoint what it sees of an engine", async () => {
    const script = join(import.meta.dirname, "testcontainers.ts");
    // Its own cleaner is an image of a registry.
    const settings = { TESTCONTAINERS_RYUK_DISABLED: "true" };
    const [plain, cluster] = await Promise.all(
      [gateway.plain, gateway.cluster].map((client) => run(client, process.execPath, [script], settings)),
    );
    expect([plain!.code, plain!.err.slice(-2_000)]).toEqual([0, ""]);
    expect([cluster!.code, cluster!.err.slice(-2_000)]).toEqual([0, ""]);
    expect(cluster!.out).toBe(plain!.out);
    expect(plain!.out.trim().split("\n")).toHaveLength(6);
  });
});
