import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError, isCancel } from "axios";
import type { ImageName } from "#lib/model/launch.ts";
import { practiceEndpoint } from "#lib/practice.ts";
import { paged } from "../paged.ts";
import { ProviderError } from "../provider.ts";
import { translate } from "./errors.ts";
import { RateLimit } from "./rate-limit.ts";

const CALL_TIMEOUT_MS = 30_000;
const READ_TRIES = 3;
const RETRY_PAUSE_MS = 100;
const PAGE_SIZE = 200;
const SESSIONS_KEPT = 100;
const ATTEMPTS_KEPT = 10_000;

export type DigitalOceanSettings = {
  access_token: string;
  image?: ImageName;
  /** The account is a practice cloud's; nothing in it is real. */
  practice?: boolean;
};

export type Call = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  query?: Record<string, unknown>;
  body?: unknown;
};

/** One account's way to the API, and what its answers said about the rate limit. */
export type DigitalOceanSession = {
  settings: DigitalOceanSettings;
  http: AxiosInstance;
  limit: RateLimit;
  /** Attempts whose creation was asked for and not answered: attempt → when, in milliseconds since 1970. */
  unanswered: Map<string, number>;
  /** Droplets by attempt, as far as this process made them and they were not deleted. */
  made: Map<string, string>;
  remember(attempt: string, id: string): void;
  forget(id: string): void;
  /** Droplets whose deletion was accepted, and that listings show unchanged for a while. */
  deleted: Set<string>;
  regions?: Set<string>;
};

const sessions = new Map<string, DigitalOceanSession>();

/** The session of these settings; the same settings share one. CLOUDHERO_DIGITALOCEAN_ENDPOINT redirects it. */
export function openSession(settings: DigitalOceanSettings): DigitalOceanSession {
  const real = process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT || "https://api.digitalocean.com";
  const baseURL = settings.practice ? undefined : real;
  const key = createHash("sha256")
    .update(JSON.stringify([settings, baseURL]))
    .digest("hex");
  const known = sessions.get(key);
  if (known) return known;
  const http = axios.create({
    baseURL,
    timeout: CALL_TIMEOUT_MS,
    maxRedirects: 0,
    proxy: false,
    headers: { authorization: `Bearer ${settings.access_token}`, "user-agent": "cloudhero" },
  });
  const session = newSession(settings, http);
  sessions.set(key, session);
  const oldest = sessions.keys().next().value;
  if (sessions.size > SESSIONS_KEPT && oldest) sessions.delete(oldest);
  return session;
}

function newSession(settings: DigitalOceanSettings, http: AxiosInstance): DigitalOceanSession {
  const made = new Map<string, string>();
  const unanswered = new Map<string, number>();
  const deleted = new Set<string>();
  return {
    settings,
    http,
    limit: new RateLimit(),
    unanswered,
    made,
    deleted,
    remember(attempt, id) {
      unanswered.delete(attempt);
      made.set(attempt, id);
      const oldest = made.keys().next().value;
      if (made.size > ATTEMPTS_KEPT && oldest) made.delete(oldest);
    },
    forget(id) {
      for (const [attempt, known] of made) if (known === id) made.delete(attempt);
      deleted.add(id);
      const oldest = deleted.values().next().value;
      if (deleted.size > ATTEMPTS_KEPT && oldest) deleted.delete(oldest);
    },
  };
}

/**
 * One call, with a time limit; its failure is a ProviderError. What only reads is tried again, twice, where nothing was
 * answered or the service failed; what changes something is not: the API has no idempotency.
 */
export async function ask<T>(session: DigitalOceanSession, call: Call, signal: AbortSignal): Promise<T> {
  const mostTries = call.method === "GET" ? READ_TRIES : 1;
  for (let tries = 1; ; tries += 1) {
    try {
      return await askOnce<T>(session, call, signal);
    } catch (error) {
      const passes = error instanceof ProviderError && ["unreachable", "internal"].includes(error.code);
      if (!passes || tries >= mostTries) throw error;
      await sleep(Math.random() * RETRY_PAUSE_MS * 2 ** tries, undefined, { signal });
    }
  }
}

async function askOnce<T>(session: DigitalOceanSession, call: Call, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  session.limit.check();
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]);
  try {
    const { method, path: url, query: params, body: data } = call;
    const place = session.settings.practice ? { baseURL: practised() } : {};
    const request = { ...place, method, url, params, data, signal: bounded };
    const response: AxiosResponse<T> = await session.http.request(request);
    session.limit.learn(response.headers as Record<string, unknown>);
    return response.data;
  } catch (error) {
    if (isAxiosError(error) && error.response) session.limit.learn(error.response.headers as Record<string, unknown>);
    if (isCancel(error) && signal.aborted) throw signal.reason;
    throw translate(error, call);
  }
}

/** Where the practice cloud is at the time of the call. */
function practised(): string {
  const endpoint = practiceEndpoint("digital_ocean");
  if (endpoint) return endpoint;
  throw new ProviderError("unreachable", "The practice cloud is not running; it is started by npm run emulators.");
}

/** Every item of a listing, all pages; `name` is the key its items are under. */
export function listAll<T>(
  session: DigitalOceanSession,
  path: string,
  name: string,
  signal: AbortSignal,
  query: Record<string, unknown> = {},
): Promise<T[]> {
  return paged(async (token) => {
    const page = Number(token ?? 1);
    const call: Call = { method: "GET", path, query: { ...query, per_page: PAGE_SIZE, page } };
    const answer = await ask<Record<string, unknown> & { links?: { pages?: { next?: string } } }>(
      session,
      call,
      signal,
    );
    const items = answer[name];
    if (!Array.isArray(items)) throw new ProviderError("internal", `DigitalOcean answered ${path} without "${name}".`);
    return { items: items as T[], next: answer.links?.pages?.next ? String(page + 1) : undefined };
  });
}
