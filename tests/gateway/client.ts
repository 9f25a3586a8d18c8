import { execFile, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders, RequestOptions } from "node:http";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";

export type Ran = { code: number; out: string; err: string };
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
// biome-ignore lint/suspicious/noExplicitAny: what an engine answers; each test says what it expects of it.
type Json = any;

/** A Docker client of one address, whichever way it is asked. */
export type Client = {
  kind: "plain" | "cluster";
  tls: { ca: string; cert: string; key: string; host: string; port: number };
  /** The folder with ca.pem, cert.pem and key.pem. */
  folder: string;
  /** The docker command, with `input` as its standard input. */
  docker(words: string[], options?: { input?: string; timeoutMs?: number }): Promise<Ran>;
  /** One request; answers what came, whole. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same, as parsed JSON; throws where it is no success. */
  json(method: string, path: string, body?: unknown): Promise<Json>;
  dockerode: Docker;
};

type Tls = { ca: string; certificate: string; privateKey: string };

export function clientOf(
  kind: Client["kind"],
  host: string,
  port: number,
  { ca, certificate: cert, privateKey: key }: Tls,
): Client {
  const folder = mkdtempSync(join(tmpdir(), "docker-client-"));
  for (const [name, text] of Object.entries({ "ca.pem": ca, "cert.pem": cert, "key.pem": key }))
    writeFileSync(join(folder, name), text);
  const tls = { ca, cert, key, host, port };
  const agent = new Agent({ ca, cert, key, keepAlive: true });
  const ask: Client["ask"] = (method, path, body, headers = {}) => {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return send(
      {
        host,
        port,
        agent,
        method,
        path,
        headers: { ...(text ? { "content-type": "application/json" } : {}), ...headers },
      },
      text,
    );
  };
  return {
    kind,
    tls,
    folder,
    ask,
    docker: (words, { input, timeoutMs = 60_000 } = {}) =>
      new Promise((resolve) => {
        const env = { ...process.env, DOCKER_CONFIG: folder, DOCKER_BUILDKIT: "0" };
        const child = execFile(
          "docker",
          [...addressOf({ tls, folder }), ...words],
          { timeout: timeoutMs, env, maxBuffer: 64e6 },
          (error, out, err) => resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
        );
        if (input !== undefined) child.stdin!.end(input);
      }),
    async json(method, path, body) {
      const answer = await ask(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
      return answer.body ? JSON.parse(answer.body) : null;
    },
    dockerode: new Docker({ host, port, protocol: "https", ca, cert, key }),
  };
}

/** The docker command's options for this client. */
export const addressOf = ({ tls: { host, port }, folder }: Pick<Client, "tls" | "folder">): string[] => [
  ...["-H", `tcp://${host}:${port}`, "--tlsverify", "--tlscacert", join(folder, "ca.pem")],
  ...["--tlscert", join(folder, "cert.pem"), "--tlskey", join(folder, "key.pem")],
];

function send(options: RequestOptions, text?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: 60_000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        body += chunk;
      });
      response
        .on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }))
        .on("error", reject);
    });
    sent.on("error", reject).on("timeout", () => sent.destroy(new Error("no answer within a minute")));
    sent.end(text);
  });
}

/** A command whose output is read while it runs. */
export function begin(client: Client, words: string[]) {
  const child = spawn("docker", [...addressOf(client), ...words], {
    env: { ...process.env, DOCKER_CONFIG: client.folder },
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return { child, ended, out: () => out };
}
