import type Docker from "dockerode";
import type { NetworkInspectInfo } from "dockerode";
import { type EnvironmentSpec, ProviderError } from "../provider.ts";
import { KEPT_ADDRESSES, subnetOf } from "./addresses.ts";
import { hasStatus, unlessAbsent } from "./errors.ts";
import { carrying, environmentLabels } from "./labels.ts";

/**
 * Makes the environment's network and answers its id. An engine does not keep names of networks unique, so it is known
 * by its labels: of several, made at once by several workers, all keep the oldest. Where somebody else's has the name,
 * ours gets a longer one.
 */
export async function ensureNetwork(docker: Docker, environment: EnvironmentSpec): Promise<string> {
  for (const name of [environment.name, `${environment.name}-${environment.id.slice(-8)}`]) {
    const found = await settledNetwork(docker, environment);
    if (found) return found;
    await createNetwork(docker, environment, name);
  }
  const found = await settledNetwork(docker, environment);
  if (found) return found;
  throw new ProviderError("conflict", `A network named ${environment.name} is there and is not ours.`);
}

/** The environment's networks, the oldest first. */
export async function networksOf(docker: Docker, environment: EnvironmentSpec): Promise<NetworkInspectInfo[]> {
  const found = await docker.listNetworks({ filters: carrying(environmentLabels(environment)) });
  const age = ({ Created, Id }: NetworkInspectInfo) => `${Created} ${Id}`;
  return found.toSorted((a, b) => (age(a) < age(b) ? -1 : 1));
}

/** False where a container still holds it. */
export async function removeNetwork(docker: Docker, id: string): Promise<boolean> {
  try {
    await unlessAbsent(docker.getNetwork(id).remove());
    return true;
  } catch (error) {
    if (hasStatus(error, 403, 409)) return false;
    throw error;
  }
}

async function settledNetwork(docker: Docker, environment: EnvironmentSpec): Promise<string | undefined> {
  const [kept, ...spare] = await networksOf(docker, environment);
  for (const network of spare) await removeNetwork(docker, network.Id);
  return kept?.Id;
}

/**
 * Does nothing where the name is taken, by another worker's or by a stranger's network. The engine picks a subnet that
 * is free; the network is then made anew with it, because only a subnet that was asked for has addresses that can be kept.
 */
async function createNetwork(docker: Docker, environment: EnvironmentSpec, name: string): Promise<void> {
  const Labels = environmentLabels(environment);
  const options = { Name: name, CheckDuplicate: true, Driver: "bridge", Labels };
  try {
    const draft = await docker.createNetwork(options);
    const config = subnetOf(await draft.inspect());
    if (!config) return;
    await draft.remove();
    const kept = { ...Labels, [KEPT_ADDRESSES]: "kept" };
    await docker.createNetwork({ ...options, Labels: kept, IPAM: { Driver: "default", Config: [config] } });
  } catch (error) {
    // Also where another network has taken the subnet, or a server is in the draft already.
    if (!hasStatus(error, 403, 404, 409)) throw error;
  }
}
