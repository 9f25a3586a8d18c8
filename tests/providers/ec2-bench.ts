import { randomHex } from "#lib/ids.ts";
import { ec2Provider } from "#lib/providers/ec2/ec2.ts";
import type { Ec2Settings } from "#lib/providers/ec2/settings.ts";
import type { EnvironmentSpec, Launched, Provider, ServerSpec } from "#lib/providers/provider.ts";
import { type Ec2Emulator, type Ec2Options, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import type { Instance } from "../emulators/ec2/world.ts";
import { keyPair, newEnvironment, newOwner, newServer } from "./fixtures.ts";

export const key = keyPair();
const hostKey = keyPair();

export const signal = () => AbortSignal.timeout(60_000);
export const quietly = () => {};

/** An emulated cloud that this file's providers go to. */
export async function startCloud(options: Ec2Options = {}): Promise<Ec2Emulator> {
  const cloud = await startEc2Emulator({ consistencyLagMs: 0, bootMs: 0, stopMs: 0, terminateMs: 0, ...options });
  process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
  return cloud;
}

/** A provider that remembers nothing of what others did, as in a process of its own. */
export const freshProvider = (settings: Partial<Ec2Settings> = {}): Provider =>
  ec2Provider({ ...EMULATED_KEY, external_id: randomHex(64), ...settings });

export const environmentIn = (region: string): EnvironmentSpec => newEnvironment(region, newOwner(), key);

export async function prepared(provider: Provider, region = "eu-west-1"): Promise<EnvironmentSpec> {
  const environment = environmentIn(region);
  await provider.prepare(environment, quietly, signal());
  return environment;
}

export const specsFor = (environment: EnvironmentSpec, count: number, size = "t3.small"): ServerSpec[] =>
  Array.from({ length: count }, (_, index) => newServer(environment, `node-${index}`, size, hostKey));

export const idsOf = (launched: Launched[]): string[] =>
  launched.map((one) => ("id" in one ? one.id : "none")).toSorted();
export const errorsOf = (launched: Launched[]) => launched.flatMap((one) => ("error" in one ? [one.error] : []));

/** All instances that the emulated cloud made and that were not terminated. */
export const living = (cloud: Ec2Emulator): Instance[] =>
  regionsOf(cloud).flatMap((region) => [...region.instances.values()].filter((one) => one.state !== "terminated"));

export const doom = (ids: string[]) => ids.map((id) => ({ id, newName: `gone-DEL${randomHex(128)}` }));

/** How often each action was asked for since `from`. */
export function countCalls(cloud: Ec2Emulator, from = 0): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action } of cloud.calls.slice(from)) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}
