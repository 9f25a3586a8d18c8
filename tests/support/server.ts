import { startWorker } from "#lib/bin/worker.ts";
import { closeDatabase, db } from "#lib/db/client.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { closeSender, installQueues } from "#lib/queue/boss.ts";
import { vault } from "#lib/vault.ts";
import { startApi } from "./api.ts";
import { testDatabase } from "./postgres.ts";

export const TEST_SECRET = "a secret of the tests, long enough to be one";

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire; each test says what it expects of it.
type Json = any;

export type Called = { status: number; headers: Headers; text: string; body: Json };
export type CallOptions = { token?: string; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };

export type TestServer = {
  url: string;
  /** Sends `body` as JSON, a string as it is; answers what came, parsed where it is JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Called>;
  close(): Promise<void>;
};

/** The API on a database of its own, for one test file; nothing moves in it unless `worker`. */
export async function startTestServer({ worker = false } = {}): Promise<TestServer> {
  const database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.CLOUDHERO_SECRET = TEST_SECRET;
  await installQueues(database.url);
  await ensureInstallation(db(), vault().keyId);
  const api = await startApi();
  const working = worker ? await startWorker() : undefined;
  return {
    url: api.url,
    call: (method, path, options) => call(`${api.url}${path}`, method, options),
    async close() {
      await api.close();
      await working?.stop();
      await closeSender();
      await closeDatabase();
      await database.drop();
    },
  };
}

async function call(url: string, method: string, options: CallOptions = {}): Promise<Called> {
  const { token, body, headers, signal = AbortSignal.timeout(60_000) } = options;
  const sent = new Headers(headers);
  if (body !== undefined && !sent.has("content-type")) sent.set("content-type", "application/json");
  if (token) sent.set("authentication-token", token);
  const payload = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method, signal, headers: sent, body: payload });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
