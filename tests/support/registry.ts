import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { issuer, service, startTokenService } from "./token-service.ts";

/**
 * Debian's docker-registry on this address, without TLS; `users` (name to password) log in by Basic, or by tokens of a
 * service that listens on `tokenPort`; null lets everyone in.
 */
export async function startRegistry(
  host: string,
  port: number,
  users: Record<string, string> | null,
  tokenPort?: number,
) {
  const folder = mkdtempSync(join(tmpdir(), "registry-"));
  const lines = Object.entries(users ?? {}).map(([name, password]) =>
    execFileSync("htpasswd", ["-Bbn", name, password], { encoding: "utf8" }).trim(),
  ); // prettier-ignore
  writeFileSync(join(folder, "htpasswd"), `${lines.join("\n")}\n`);
  const bundle = join(folder, "tokens.pem");
  const tokens = users && tokenPort ? await startTokenService(host, tokenPort, users, bundle) : null;
  const basic = users ? `auth:\n  htpasswd:\n    realm: test\n    path: ${folder}/htpasswd\n` : "";
  const auth = tokens
    ? `auth:\n  token:\n    realm: ${tokens.realm}\n    service: ${service}\n    issuer: ${issuer}\n    rootcertbundle: ${bundle}\n`
    : basic;
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${folder}/data\n`;
  writeFileSync(
    join(folder, "config.yml"),
    `version: 0.1\nlog:\n  level: error\n${storage}http:\n  addr: ${host}:${port}\n${auth}`,
  );
  const child = spawn("docker-registry", ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  for (let tries = 0; !(await answers(host, port)); tries += 1) {
    if (tries === 100 || child.exitCode !== null) throw new Error("docker-registry does not come up");
    await sleep(50);
  }
  return {
    name: `${host}:${port}`,
    /** What its token service was asked for. */
    asked: tokens?.asked ?? [],
    stop() {
      child.kill();
      tokens?.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
