import { createHash } from "node:crypto";
import type { EnvironmentSpec } from "../provider.ts";
import { ask, type DigitalOceanSession } from "./client.ts";
import { isNotFound, statusOf } from "./errors.ts";
import { markedName } from "./tags.ts";

type Key = { id: number; name: string; fingerprint: string };

/** The MD5 fingerprint that DigitalOcean names a key by. */
export function fingerprintOf(publicKey: string): string {
  const blob = Buffer.from(publicKey.trim().split(/\s+/)[1] ?? "", "base64");
  return createHash("md5").update(blob).digest("hex").match(/../g)!.join(":");
}

/** The account has the environment's key; one that is there already under any name is used as it is. */
export async function ensureKey(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  const body = { name: markedName(environment), public_key: environment.publicKey.trim() };
  try {
    await ask(session, { method: "POST", path: "/v2/account/keys", body }, signal);
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    await findKey(session, environment, signal);
  }
}

async function findKey(session: DigitalOceanSession, environment: EnvironmentSpec, signal: AbortSignal): Promise<Key> {
  const path = `/v2/account/keys/${fingerprintOf(environment.publicKey)}`;
  return (await ask<{ ssh_key: Key }>(session, { method: "GET", path }, signal)).ssh_key;
}

/** Removes the key where it is under our name; one that a person had added stays. */
export async function removeKey(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  try {
    const key = await findKey(session, environment, signal);
    if (key.name !== markedName(environment)) return;
    await ask(session, { method: "DELETE", path: `/v2/account/keys/${key.id}` }, signal);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
