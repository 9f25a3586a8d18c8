import ssh2 from "ssh2";
import type { Endpoint } from "#lib/providers/provider.ts";
import { eventually, type KeyPair } from "./fixtures.ts";

export type SshAnswer = { output: string; hostKey: string };

/** Runs `command` as cloudhero and answers what it printed and the host key that the server showed, as base64. */
export function overSsh(endpoint: Endpoint, key: KeyPair, command: string, timeoutMs = 20_000): Promise<SshAnswer> {
  const client = new ssh2.Client();
  let hostKey = "";
  return new Promise<SshAnswer>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${command}: no end within ${timeoutMs} ms`)), timeoutMs);
    client.on("error", reject).on("close", () => clearTimeout(late));
    client.on("ready", () => {
      client.exec(command, (error, channel) => {
        if (error) return reject(error);
        let output = "";
        const add = (chunk: Buffer) => {
          output += chunk.toString();
        };
        channel.on("data", add).stderr.on("data", add);
        channel.on("close", (code: number) => {
          if (code === 0) resolve({ output: output.trim(), hostKey });
          else reject(new Error(`${command}: exit ${code}: ${output.slice(-2000)}`));
        });
      });
    });
    const hostVerifier = (shown: Buffer) => {
      hostKey = shown.toString("base64");
      return true;
    };
    const login = { username: "cloudhero", privateKey: key.privateKey, hostVerifier, readyTimeout: 5_000 };
    client.connect({ ...endpoint, ...login });
  }).finally(() => client.end());
}

/** The same, tried again until the server has booted. */
export async function onceBooted(endpoint: Endpoint, key: KeyPair, command: string, bootTimeoutMs: number) {
  const attempt = () => overSsh(endpoint, key, command).catch((error: Error) => error);
  const answer = await eventually(attempt, (seen) => !(seen instanceof Error), bootTimeoutMs);
  return answer as SshAnswer;
}

/** The middle field of a public key line, which is what a server shows. */
export const shownKey = (pair: KeyPair) => pair.publicKey.split(" ")[1];
