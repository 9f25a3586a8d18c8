import { createServer, type Server, type Socket } from "node:net";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import type { BackedServer, Backing } from "./backing.ts";
import { hostKeyIn } from "./host-key-in.ts";

/**
 * Servers with nothing inside: at each one's own address, SSH answers with the host key that the user data gives it,
 * and says of every bootstrap that it went well. For proofs about hundreds of servers, whose subject is what happens in
 * the cloud and not on the server. Their addresses are 127.x, so that port 22 of each can be had by root.
 */
export function hollowBacking(): Backing {
  const hosts = new Map<string, Host>();
  const open = async (server: BackedServer, known?: Host) => {
    const host = known ?? { key: hostKeyIn(server.userData, server), next: null, server: null, sockets: new Set() };
    host.server = await listen(host, server.address);
    hosts.set(server.id, host);
    return privateAddressOf(server.address);
  };
  const close = async (id: string) => {
    const host = hosts.get(id);
    for (const socket of host?.sockets ?? []) socket.destroy();
    await new Promise<void>((resolve) => (host?.server ? host.server.close(() => resolve()) : resolve()));
    if (host) host.server = null;
  };
  return {
    boot: (server) => open(server),
    restart: (server) => open(server, hosts.get(server.id)),
    stop: close,
    async remove(id) {
      await close(id);
      hosts.delete(id);
    },
    async close() {
      await Promise.all([...hosts.keys()].map(close));
      hosts.clear();
    },
  };
}

/** Private keys; `next` is made and not yet in use. */
type Host = { key: string; next: string | null; server: Server | null; sockets: Set<Socket> };

const privateAddressOf = (address: string) => address.replace(/^127\.\d+/, "10.77");

async function listen(host: Host, address: string): Promise<Server> {
  const server = createServer((socket) => {
    host.sockets.add(socket);
    socket.once("close", () => host.sockets.delete(socket));
    socket.on("error", () => {});
    new ssh2.Server({ hostKeys: [host.key] }, (client) => serve(host, client)).injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(22, address, resolve);
  });
  return server;
}

function serve(host: Host, client: Connection): void {
  client.on("error", () => {});
  client.on("authentication", (context) => (context.method === "publickey" ? context.accept() : context.reject()));
  client.on("ready", () => {
    client.on("session", (accept) => {
      accept().on("exec", (take, _refuse, { command }) => run(host, command, take()));
    });
  });
}

/** A launcher keeps its input open and reads as much of it as it is told to; a plain script ends with its input. */
function run(host: Host, command: string, channel: ServerChannel): void {
  let input = "";
  const answer = (lines: string[]) => {
    for (const line of lines) channel.write(`${line}\n`);
    channel.exit(0);
    channel.end();
  };
  if (!command.includes("cloudhero-bootstrap")) {
    channel.on("data", (chunk: Buffer) => {
      input += chunk;
    });
    channel.on("end", () => answer(hostKeyStep(host, input)));
    return;
  }
  channel.on("data", (chunk: Buffer) => {
    input += chunk;
    const [, bytes, script = ""] = /^(\d+) \d+\n([\s\S]*)$/.exec(input) ?? [];
    if (!bytes || Buffer.byteLength(script) < Number(bytes)) return;
    input = "";
    answer([...script.matchAll(/'(::cloudhero step [^']+)'/g)].map(([, line]) => line!));
  });
}

/** The two steps of a host key's replacement: the next one is made and told, and then put in the first one's place. */
function hostKeyStep(host: Host, script: string): string[] {
  if (script.includes("mktemp")) {
    host.next ??= generateKeyPair("").privateKey;
    const key = ssh2.utils.parseKey(host.next);
    return key instanceof Error ? [] : [`ssh-ed25519 ${key.getPublicSSH().toString("base64")}`];
  }
  host.key = host.next ?? host.key;
  host.next = null;
  return [];
}
