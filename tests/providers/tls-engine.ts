import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createServer } from "node:tls";

type Certificate = { cert: string; key: string };
export type Authority = { ca: string; server: Certificate; client: Certificate };

/** An authority made with the openssl command; its server is 127.0.0.1 and localhost. */
export function newAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe", timeout: 20_000 });
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const issue = (use: string): Certificate => {
    writeFileSync(join(folder, "extensions"), `subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=${use}\n`);
    openssl("req", ...newKey, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", `/CN=${use}`);
    const signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions"];
    openssl("x509", "-req", "-in", "leaf.csr", "-out", "leaf.pem", ...signing);
    return { cert: read("leaf.pem"), key: read("leaf.key") };
  };
  try {
    openssl("req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "2");
    return { ca: read("ca.pem"), server: issue("serverAuth"), client: issue("clientAuth") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A TLS server on loopback that takes the authority's clients only, as a Docker engine with --tlsverify does. */
export async function serveTls({ ca, server: own }: Authority, serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer({ ...own, ca, requestCert: true, rejectUnauthorized: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** The same by OpenSSL, which says why it refuses a client, as an engine does; Node's server just hangs up. */
export async function serveByOpenssl({ ca, server }: Authority) {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const files = { ca, ...server };
  for (const [name, pem] of Object.entries(files)) writeFileSync(join(folder, name), pem);
  const verifying = ["-CAfile", "ca", "-Verify", "1", "-verify_return_error"];
  const args = ["s_server", "-accept", "127.0.0.1:0", "-cert", "cert", "-key", "key", ...verifying];
  const child = spawn("openssl", args, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", () => reject(new Error("openssl s_server ended")));
    createInterface(child.stdout).on("line", (line) => {
      const accepting = line.match(/^ACCEPT .*:(\d+)$/);
      if (accepting) resolve(Number(accepting[1]));
    });
  });
  const close = () => {
    child.kill();
    rmSync(folder, { recursive: true });
  };
  return { port, close };
}

/** Carries a connection to the engine's own socket. */
export function toSocket(path: string) {
  return (socket: Socket) => {
    const engine = connect(path);
    engine.on("error", () => socket.destroy());
    socket.on("close", () => engine.destroy());
    socket.pipe(engine).pipe(socket);
  };
}

/** Answers every request with these bytes. */
export const answering = (bytes: string) => (socket: Socket) => {
  socket.once("data", () => socket.end(bytes));
};
