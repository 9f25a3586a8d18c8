import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { EC2Client } from "@aws-sdk/client-ec2";
import { PricingClient } from "@aws-sdk/client-pricing";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { practiceEndpoint } from "#lib/practice.ts";
import { ProviderError } from "../provider.ts";
import { assumedCredentials } from "./credentials.ts";
import { translate } from "./errors.ts";
import { LaunchMemory } from "./launch-memory.ts";
import { Pacer } from "./pacer.ts";
import { type Ec2Settings, HOME_REGION } from "./settings.ts";

const MAX_TRIES = 4;
const CALL_TIMEOUT_MS = 60_000;
const SESSIONS_KEPT = 100;

/** One account's clients, and what is remembered about it while the process lives. */
export type Ec2Session = {
  settings: Ec2Settings;
  ec2(region: string): EC2Client;
  ssm(region: string): SSMClient;
  sts(): STSClient;
  pricing(): PricingClient;
  quotas(region: string): ServiceQuotasClient;
  /** Spreads tagging calls under AWS's limits, per region. */
  pacer(region: string): Pacer;
  /** Answers that do not change for a while, by name. */
  memory: Map<string, { value: unknown; until: number }>;
  launches: LaunchMemory;
};

const sessions = new Map<string, Ec2Session>();

/**
 * The session of these settings; the same settings share one. CLOUDHERO_EC2_ENDPOINT redirects every client of it, and
 * a practice account's go to the practice cloud, wherever that runs at the time of the call.
 */
export function openSession(settings: Ec2Settings): Ec2Session {
  const endpoint = settings.practice ? practised : process.env.CLOUDHERO_EC2_ENDPOINT || undefined;
  const key = createHash("sha256")
    .update(JSON.stringify([settings, String(endpoint)]))
    .digest("hex");
  const known = sessions.get(key);
  if (known) return known;
  const session = newSession(settings, endpoint);
  sessions.set(key, session);
  const oldest = sessions.keys().next().value;
  if (sessions.size > SESSIONS_KEPT && oldest) sessions.delete(oldest);
  return session;
}

async function practised(): Promise<{ url: URL }> {
  const endpoint = practiceEndpoint("ec2");
  if (endpoint) return { url: new URL(endpoint) };
  throw new ProviderError("unreachable", "The practice cloud is not running; it is started by npm run emulators.");
}

function newSession(settings: Ec2Settings, endpoint: string | typeof practised | undefined): Ec2Session {
  const own = keysOf(settings);
  const base = {
    ...(endpoint ? { endpoint } : {}),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  };
  // Without keys of the settings' own, the SDK finds this machine's.
  const stepping = { ...base, region: HOME_REGION, ...(own ? { credentials: own } : {}) };
  const credentials = settings.role_arn ? assumedCredentials(new STSClient(stepping), settings) : own;
  if (!credentials) throw new ProviderError("invalid", "An access key, or a role, is needed.");
  const config = (region: string) => ({ ...base, region, credentials });
  return {
    settings,
    ec2: perRegion((region) => new EC2Client(config(region))),
    ssm: perRegion((region) => new SSMClient(config(region))),
    sts: once(() => new STSClient(config(HOME_REGION))),
    pricing: once(() => new PricingClient(config(HOME_REGION))),
    quotas: perRegion((region) => new ServiceQuotasClient(config(region))),
    pacer: perRegion(() => new Pacer(95, 9.5)),
    memory: new Map(),
    launches: new LaunchMemory(),
  };
}

function keysOf({ accessKey, secretKey, session_token }: Ec2Settings) {
  if (!accessKey || !secretKey) return null;
  const keys = { accessKeyId: accessKey, secretAccessKey: secretKey };
  return session_token ? { ...keys, sessionToken: session_token } : keys;
}

/**
 * Runs one AWS call with a time limit; its failure is a ProviderError. What may pass by itself (a dropped connection,
 * a 5xx, throttling, a wrong clock that the answer corrected) is tried again, three times, with jitter; so a call must
 * be harmless when its first try took effect unseen.
 */
export async function ask<T>(
  signal: AbortSignal,
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await call({ abortSignal: AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]) });
    } catch (error) {
      const failure = translate(error, signal);
      if (tries === MAX_TRIES || !passesByItself(failure, error)) throw failure;
      const ceilingMs = (failure as ProviderError).code === "throttled" ? 1_000 : 100;
      await sleep(Math.random() * ceilingMs * 2 ** tries, undefined, { signal });
    }
  }
}

function passesByItself(failure: unknown, raw: unknown): boolean {
  if ((raw as { $metadata?: { clockSkewCorrected?: boolean } }).$metadata?.clockSkewCorrected) return true;
  return failure instanceof ProviderError && ["unreachable", "internal", "throttled"].includes(failure.code);
}

/** Remembers an answer for `ttlMs`; failures are not remembered. */
export async function remember<T>(
  session: Ec2Session,
  name: string,
  ttlMs: number,
  load: () => Promise<T>,
): Promise<T> {
  const known = session.memory.get(name);
  if (known && known.until > Date.now()) return known.value as T;
  const value = await load();
  session.memory.set(name, { value, until: Date.now() + ttlMs });
  return value;
}

function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const one = made.get(region) ?? make(region);
    made.set(region, one);
    return one;
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
