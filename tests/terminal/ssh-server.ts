import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import type { KeyPair } from "#lib/bootstrap/ssh/keys.ts";

export type SshServer = {
  port: number;
  /** The sizes that its terminals were given, the newest last. */
  sizes: { cols: number; rows: number }[];
  /** Bytes that shells wrote so far. */
  written(): number;
  open(): number;
  close(): void;
};

/** An SSH server on loopback that takes one key and gives `sh` for a shell. */
export async function startSsh(host: KeyPair, user: KeyPair): Promise<SshServer> {
  const allowed = ssh2.utils.parseKey(user.publicKey);
  if (allowed instanceof Error) throw allowed;
  const sizes: SshServer["sizes"] = [];
  const connections = new Set<Connection>();
  let written = 0;
  const server = new ssh2.Server({ hostKeys: [host.privateKey] }, (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection)).on("error", () => {});
    connection.on("authentication", (asked) => {
      const isOurs = asked.method === "publickey" && asked.key.data.equals(allowed.getPublicSSH());
      if (isOurs && asked.username === "cloudhero") asked.accept();
      else asked.reject(["publickey"]);
    });
    connection.on("session", (accept) => {
      const session = accept();
      session.on("pty", (take, _, { cols, rows }) => {
        sizes.push({ cols, rows });
        take?.();
      });
      session.on("window-change", (take, _, { cols, rows }) => {
        sizes.push({ cols, rows });
        take?.();
      });
      session.on("shell", (take) => {
        const channel = take();
        const child = spawn("sh", [], { stdio: "pipe" });
        carry(channel, child, (bytes) => {
          written += bytes;
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sizes,
    written: () => written,
    open: () => connections.size,
    close() {
      for (const connection of connections) connection.end();
      server.close();
    },
  };
}

function carry(channel: ServerChannel, child: ChildProcess, count: (bytes: number) => void): void {
  child.stdin!.on("error", () => {});
  channel.on("data", (chunk: Buffer) => child.stdin!.write(chunk));
  channel.on("close", () => child.kill("SIGKILL"));
  for (const output of [child.stdout!, child.stderr!])
    output.on("data", (chunk: Buffer) => {
      count(chunk.length);
      if (channel.write(chunk)) return;
      output.pause();
      channel.once("drain", () => output.resume());
    });
  child.once("close", (code, signal) => {
    if (signal) channel.exit(signal.replace("SIG", ""));
    else channel.exit(code ?? 0);
    channel.end();
  });
}
