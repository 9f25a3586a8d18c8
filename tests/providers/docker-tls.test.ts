import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dockerProvider } from "#lib/providers/docker/docker.ts";
import type { DockerSettings } from "#lib/providers/docker/settings.ts";
import { ProviderError } from "#lib/providers/provider.ts";
import { openProvider } from "#lib/providers/registry.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { newOwner, soon } from "./fixtures.ts";
import { answering, newAuthority, serveByOpenssl, serveTls, toSocket } from "./tls-engine.ts";

const authority = newAuthority();
const stranger = newAuthority();
const closing: (() => void)[] = [];

beforeEach(() => vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "127.0.0.0/8"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  for (const close of closing) close();
});

async function listening(...args: Parameters<typeof serveTls>) {
  const server = await serveTls(...args);
  closing.push(server.close);
  return server.port;
}

const settingsFor = (port: number, host = "127.0.0.1"): DockerSettings => ({
  host: `tcp://${host}:${port}`,
  ca: authority.ca,
  ...authority.client,
  origin: "tenant",
});

async function refusalOf(settings: DockerSettings, signal = soon()): Promise<ProviderError> {
  const error = await dockerProvider(settings)
    .verify(signal)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
}

describe("a Docker host by TLS", () => {
  test.runIf(dockerAvailable).each(["127.0.0.1", "localhost", "2130706433"])(
    "answers at %s to the right certificates",
    async (host) => {
      const provider = dockerProvider(settingsFor(await listening(authority, toSocket("/var/run/docker.sock")), host));
      expect((await provider.verify(soon())).description).toMatch(/^Docker \d/);
      expect(await provider.list("local", newOwner(), soon())).toEqual([]);
    },
  );

  test("a client certificate of another authority is unauthorized", async () => {
    const server = await serveByOpenssl(authority);
    closing.push(server.close);
    const error = await refusalOf({ ...settingsFor(server.port), ...stranger.client });
    expect(error).toMatchObject({ code: "unauthorized", message: expect.stringMatching(/^SSL: .*alert/) });
  });

  test("a server of another authority is unauthorized, and is sent nothing", async () => {
    let sent = "";
    const port = await listening({ ...stranger, ca: authority.ca }, (socket) => {
      socket.on("data", (chunk) => {
        sent += chunk;
      });
    });
    expect(await refusalOf(settingsFor(port))).toMatchObject({ code: "unauthorized", retryable: false });
    expect(sent).toBe("");
  });

  test.each(["ca", "cert", "key"] as const)("a %s that is no PEM is unauthorized", async (field) => {
    const port = await listening(authority, answering(""));
    const error = await refusalOf({ ...settingsFor(port), [field]: "nonsense" });
    expect(error.code).toBe("unauthorized");
    expect(error.message).not.toContain("PRIVATE KEY");
  });

  test("a closed port and a name that does not exist are unreachable or invalid, with the reason", async () => {
    const server = await serveTls(authority, answering(""));
    server.close();
    expect(await refusalOf(settingsFor(server.port))).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    expect(await refusalOf(settingsFor(2376, "no-such-host.localhost.invalid."))).toMatchObject({
      code: expect.stringMatching(/^(unreachable|invalid)$/),
    });
  });

  test("what is no Docker engine is invalid", async () => {
    const page = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
    expect(await refusalOf(settingsFor(await listening(authority, answering(page))))).toMatchObject({
      code: "invalid",
    });
    const noise = await listening(authority, answering("220 mail.example ESMTP\r\n"));
    expect(await refusalOf(settingsFor(noise))).toMatchObject({ code: "invalid" });
  });

  test("a redirect is not followed anywhere", async () => {
    let visits = 0;
    const inside = createServer((_, response) => {
      visits += 1;
      response.end("secret");
    });
    await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
    closing.push(() => inside.close());
    const location = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/`;
    const redirect = `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    const error = await refusalOf(settingsFor(await listening(authority, answering(redirect))));
    expect(error).toMatchObject({ code: "invalid" });
    expect(error.message).not.toContain("secret");
    expect(visits).toBe(0);
  });

  test("an engine that never answers ends with the caller's signal", async () => {
    const provider = dockerProvider(settingsFor(await listening(authority, () => {})));
    const began = Date.now();
    await expect(provider.verify(AbortSignal.timeout(300))).rejects.toMatchObject({ name: "TimeoutError" });
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  test("a tenant's engine on loopback is not dialled unless the operator allows it", async () => {
    let connections = 0;
    const port = await listening(authority, () => {
      connections += 1;
    });
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
    for (const host of ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"]) {
      const error = await refusalOf(settingsFor(port, host));
      expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining("address not allowed") });
    }
    expect(connections).toBe(0);
  });
});

describe("settings that can never work", () => {
  test.each([
    ["a tenant's socket", { host: "unix:///var/run/docker.sock", origin: "tenant" }],
    ["a relative socket", { host: "unix://docker.sock", origin: "ours" }],
    ["plain http", { host: "http://127.0.0.1:2375", origin: "ours" }],
    ["tcp without certificates", { host: "tcp://127.0.0.1:2375", origin: "ours" }],
    ["a password in the host", { ...settingsFor(1), host: "tcp://a:b@127.0.0.1:2376" }],
    ["a path in the host", { ...settingsFor(1), host: "tcp://127.0.0.1:2376/v1" }],
    ["no host", { ...settingsFor(1), host: "tcp://" }],
  ] as [string, DockerSettings][])("%s is invalid", async (_, settings) => {
    expect(await refusalOf(settings)).toMatchObject({ code: "invalid", retryable: false });
  });

  test("a setting of the wrong shape is refused when the provider is opened", () => {
    expect(() => openProvider("docker", { host: 5 })).toThrow(ProviderError);
  });
});
