import type { EnvironmentSpec } from "../provider.ts";
import { ask, type DigitalOceanSession, listAll } from "./client.ts";
import { assertRegion, dropletsTagged } from "./droplet.ts";
import { isNotFound } from "./errors.ts";
import { ensureFirewall, removeFirewalls } from "./firewall.ts";
import { ensureKey, removeKey } from "./ssh-key.ts";
import { environmentTag, nodeTagPrefix } from "./tags.ts";

/** The environment's tag, key and firewall. */
export async function prepare(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await assertRegion(session, environment.region, signal);
  await ensureKey(session, environment, signal);
  await ensureFirewall(session, environment, signal);
  report("SSH key and firewall are in place");
}

/** Removes firewall, key and tags, once no droplet of the environment is left; a tag's end is no droplet's end. */
export async function release(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<boolean> {
  const tag = environmentTag(environment);
  if ((await dropletsTagged(session, tag, signal)).length > 0) return false;
  await removeFirewalls(session, environment, signal);
  await removeKey(session, environment, signal);
  const tags = await listAll<{ name: string }>(session, "/v2/tags", "tags", signal);
  for (const { name } of tags) {
    if (name !== tag && !name.startsWith(nodeTagPrefix(environment))) continue;
    await ask(session, { method: "DELETE", path: `/v2/tags/${name}` }, signal).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
  return true;
}
