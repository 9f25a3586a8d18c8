import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replaceHostKey, untilShown } from "#lib/bootstrap/host-key.ts";
import { connect, type SshConnection } from "#lib/bootstrap/ssh/connect.ts";
import { generateKeyPair, keyBlob } from "#lib/bootstrap/ssh/keys.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { buildNodeImage, startServer, type TestServer, until } from "./server.ts";

const signal = AbortSignal.timeout(300_000);

describe.runIf(dockerAvailable)("a server's host key", { timeout: 60_000 }, () => {
  let server: TestServer;
  beforeAll(async () => {
    await buildNodeImage();
    server = await startServer();
  }, 300_000);
  afterAll(() => server.remove(), 60_000);

  const open = (acceptHostKeys: string[]) => connect({ ...server.target, acceptHostKeys, signal });
  const log = () => server.sh("journalctl --unit=ssh --no-pager");

  async function using<T>(acceptHostKeys: string[], run: (connection: SshConnection) => Promise<T>): Promise<T> {
    const connection = await open(acceptHostKeys);
    try {
      return await run(connection);
    } finally {
      connection.close();
    }
  }

  test("refuses a server with another key before anything of ours is sent", async () => {
    const before = (await log()).split("\n").length;
    await expect(open([generateKeyPair("").publicKey])).rejects.toMatchObject({ code: "host_key", retryable: false });
    const refused = (await log()).split("\n").slice(before).join("\n");
    expect(refused).not.toMatch(/cloudhero port|authenticating|Accepted/);
    await expect(
      connect({ ...server.target, privateKey: generateKeyPair("").privateKey, signal }),
    ).rejects.toMatchObject({ code: "unauthorized" });
    expect((await log()).split("\n").slice(before).join("\n")).toMatch(/authenticating user cloudhero/);
  });

  test("is found among several, and is told as it was given", async () => {
    const [pin] = server.target.acceptHostKeys as [string];
    const blob = keyBlob(pin);
    await using([generateKeyPair("").publicKey, blob], async ({ hostKey }) => expect(hostKey).toBe(blob));
  });

  test("is replaced in two steps, each of which may be repeated, and then the first one opens nothing", async () => {
    const [first] = server.target.acceptHostKeys as [string];
    await server.sh("ssh-keygen -q -t rsa -N '' -f /etc/ssh/ssh_host_rsa_key");
    const second = await using([first], async (connection) => {
      const replacement = replaceHostKey(connection, signal);
      const prepared = await replacement.prepare();
      expect(await replacement.prepare()).toBe(prepared);
      expect(keyBlob(prepared)).not.toBe(keyBlob(first));
      return prepared;
    });
    await using([first, second], async (connection) => {
      expect(connection.hostKey).toBe(first);
      await replaceHostKey(connection, signal).activate(second);
      await replaceHostKey(connection, signal).activate(second);
    });
    await until(5_000, () => using([second], async ({ hostKey }) => expect(hostKey).toBe(second)));
    await expect(open([first])).rejects.toMatchObject({ code: "host_key" });
    expect(await server.sh("ls /etc/ssh/*_key")).toBe("/etc/ssh/ssh_host_ed25519_key");
    server.target.acceptHostKeys = [second];
  });

  test("locks nobody out when either side dies between the steps", async () => {
    const [first] = server.target.acceptHostKeys as [string];
    const prepared = await using([first], (connection) => replaceHostKey(connection, signal).prepare());
    await server.restart("kill");
    await until(30_000, () =>
      using([first, prepared], async (connection) => {
        expect(connection.hostKey).toBe(first);
        expect(await replaceHostKey(connection, signal).prepare()).toBe(prepared);
      }),
    );
    server.target.acceptHostKeys = [first, prepared];
  });

  test("locks nobody out when the server dies in the middle of the swap", async () => {
    const [first, prepared] = server.target.acceptHostKeys as [string, string];
    await using([first], async (connection) => {
      await server.sh("mv /etc/ssh/cloudhero_next_ed25519_key /etc/ssh/ssh_host_ed25519_key");
      expect(keyBlob(await replaceHostKey(connection, signal).prepare())).toBe(keyBlob(prepared));
      await replaceHostKey(connection, signal).activate(prepared);
    });
    await until(5_000, () => using([prepared], async ({ hostKey }) => expect(hostKey).toBe(prepared)));
    expect(await server.sh("ls /etc/ssh/*_key")).toBe("/etc/ssh/ssh_host_ed25519_key");
  });

  test("a key that was made aside and told to nobody does not take the place of the one that is shown", async () => {
    const [, shown] = server.target.acceptHostKeys as [string, string];
    await using([shown], async (connection) => {
      await replaceHostKey(connection, signal).prepare();
      await replaceHostKey(connection, signal).activate(shown);
    });
    await untilShown({ ...server.target, acceptHostKeys: [shown], signal });
    expect(await server.sh("ls /etc/ssh/*_key")).toBe("/etc/ssh/ssh_host_ed25519_key");
  });

  test("a server whose SSH starts anew is waited for", async () => {
    const [, shown] = server.target.acceptHostKeys as [string, string];
    const soon = "systemd-run --quiet --on-active=2 --timer-property=AccuracySec=100ms";
    await server.sh(`systemctl stop ssh; ${soon} systemctl start ssh`);
    await expect(open([shown])).rejects.toMatchObject({ code: "unreachable" });
    await untilShown({ ...server.target, acceptHostKeys: [shown], signal });
  });

  test("an address that may not be dialled is not dialled", async () => {
    const refused = connect({ ...server.target, host: "169.254.169.254", signal });
    await expect(refused).rejects.toThrow(/not allowed/);
  });
});
