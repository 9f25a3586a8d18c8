import { setTimeout as sleep } from "node:timers/promises";

export type NodeAnswer = {
  name: string;
  hostname: string;
  state: string;
  error: string | null;
  server_id: string | null;
};
export type EnvironmentAnswer = {
  id: string;
  name: string;
  state: string;
  last_error: string | null;
  nodes: NodeAnswer[];
};

/** A script of a team's: it sends its token, and sends again what a dying server did not answer. */
export function client(url: string, token = "") {
  async function send(method: string, path: string, body?: unknown, key?: string): Promise<unknown> {
    for (let tries = 0; ; tries += 1) {
      try {
        const headers = {
          "content-type": "application/json",
          "authentication-token": token,
          ...(key ? { "idempotency-key": key } : {}),
        };
        const payload = body === undefined ? null : JSON.stringify(body);
        const answer = await fetch(url + path, { method, headers, body: payload, signal: AbortSignal.timeout(20_000) });
        const json = await answer.json();
        if (answer.ok) return json;
        if (answer.status < 500 && answer.status !== 409)
          throw new Refusal(`${method} ${path}: ${JSON.stringify(json)}`);
        if (tries >= 60) throw new Refusal(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
      } catch (error) {
        if (error instanceof Refusal || tries >= 300) throw error;
      }
      await sleep(200);
    }
  }
  const environments = () => send("GET", "/environments?limit=500") as Promise<EnvironmentAnswer[]>;
  return { send, environments };
}

class Refusal extends Error {}

export type Client = ReturnType<typeof client>;
