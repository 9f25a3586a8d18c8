import { createServer, type Socket } from "node:net";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import { generateKeyPair, type KeyPair, keyBlob } from "#lib/bootstrap/ssh/keys.ts";

/**
 * Where an exchange of host keys is cut off: before a step is done on the server, after it and before it is told, or
 * with the new key in its place and not yet shown.
 */
export type Cut = "before prepare" | "after prepare" | "before activate" | "unshown activate" | "after activate";

export type KeyHost = {
  port: number;
  /** Blob of the key that a new connection is shown. */
  shown(): string;
  /** The next one of these that comes up hangs up on the caller. */
  cut(at: Cut | null): void;
  /** Makes a next key that nobody is told of. */
  strand(): void;
  close(): Promise<void>;
};

/** An SSH server on loopback that pretends the two steps of a host key's replacement, and may be cut off in each. */
export async function startKeyHost(first: KeyPair): Promise<KeyHost> {
  const keys: Keys = { running: first, current: first, next: null, cut: null };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    const hostKeys = [keys.running.privateKey];
    new ssh2.Server({ hostKeys }, (client) => serve(keys, client, socket)).injectSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    shown: () => keyBlob(keys.running.publicKey),
    cut: (at) => {
      keys.cut = at;
    },
    strand: () => {
      keys.next = generateKeyPair("");
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** `running` is what sshd has read; `current` and `next` are its files. */
type Keys = { running: KeyPair; current: KeyPair; next: KeyPair | null; cut: Cut | null };

function serve(keys: Keys, client: Connection, socket: Socket): void {
  client.on("error", () => {});
  client.on("authentication", (context) => (context.method === "publickey" ? context.accept() : context.reject()));
  client.on("session", (accept) => {
    accept().on("exec", (take) => {
      const channel = take();
      let script = "";
      channel.on("data", (chunk: Buffer) => {
        script += chunk;
      });
      channel.on("end", () => step(keys, script, channel, socket));
    });
  });
}

function step(keys: Keys, script: string, channel: ServerChannel, socket: Socket): void {
  const name = script.includes("mktemp") ? "prepare" : "activate";
  if (keys.cut === `before ${name}`) return void socket.destroy();
  const line = name === "prepare" ? prepare(keys, script) : activate(keys, script);
  if (keys.cut === `after ${name}` || keys.cut === `unshown ${name}`) return void socket.destroy();
  if (line) channel.write(`${line}\n`);
  channel.exit(0);
  channel.end();
}

function prepare(keys: Keys, script: string): string {
  const [, shown] = /!= '([^']+)'/.exec(script)!;
  if (!keys.next && keyBlob(keys.current.publicKey) !== shown) return keys.current.publicKey;
  keys.next ??= generateKeyPair("");
  return keys.next.publicKey;
}

function activate(keys: Keys, script: string): void {
  const [, kept] = /= '([^']+)'/.exec(script)!;
  if (keys.next && keyBlob(keys.next.publicKey) === kept) keys.current = keys.next;
  keys.next = null;
  if (keys.cut !== "unshown activate") keys.running = keys.current;
}
