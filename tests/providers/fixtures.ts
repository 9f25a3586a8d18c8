import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { newId, randomHex } from "#lib/ids.ts";
import type { EnvironmentSpec, Owner, Provider, Server, ServerSpec } from "#lib/providers/provider.ts";

export type KeyPair = { privateKey: string; publicKey: string };

export function keyPair(): KeyPair {
  return generateKeyPair("");
}

export const newOwner = (): Owner => ({ installationId: newId(), providerId: newId() });

export function newEnvironment(region: string, owner: Owner, key: KeyPair): EnvironmentSpec {
  return { owner, id: newId(), name: `contract-${randomHex(32)}`, region, publicKey: key.publicKey, ingress: [] };
}

export function newServer(
  environment: EnvironmentSpec,
  nodeName: string,
  size: string,
  hostKey = keyPair(),
): ServerSpec {
  return {
    nodeId: newId(),
    attempt: randomHex(128),
    name: `${environment.name}-${nodeName}`,
    nodeName,
    size,
    authorizedKeys: [environment.publicKey],
    hostKey,
    ports: [80],
  };
}

/** Ends a call that hangs, long after it should have answered. */
export const soon = () => AbortSignal.timeout(120_000);

/** Asks until the answer passes, and answers it; throws what was last seen after `timeoutMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  passes: (answer: T) => boolean,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (passes(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export const listed = (provider: Provider, environment: EnvironmentSpec): Promise<Server[]> =>
  provider.list(environment.region, environment.owner, soon());

/** The listing once every server of it is in `state`, and there are `count`. */
export const allIn = (provider: Provider, environment: EnvironmentSpec, state: Server["state"], count: number) =>
  eventually(
    () => listed(provider, environment),
    (servers) => servers.length === count && servers.every((server) => server.state === state),
  );
