import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, type EnvironmentAnswer } from "./client.ts";

export type Place = { client: Client; providerId: string; applicationId: string; region: string; size: string };

/** What the emulated cloud has of an environment: its living servers by name, with their states. */
export type Sight = (environmentId: string) => { id: string; name: string; state: string }[];

const pollMs = 300;
const patienceMs = 8 * 60_000;

/** A script of the team's in front of a provider and an application. */
export async function placeAt(
  url: string,
  token: string,
  provider: object,
  region: string,
  size: string,
): Promise<Place> {
  const script = client(url, token);
  const added = [await script.send("POST", "/providers", { provider_name: `faults in ${region}`, ...provider })].flat();
  const [application] = (await script.send("POST", "/applications", { application_name: region })) as { id: string }[];
  const providerId = (added[0] as { id: string }).id;
  return { client: script, providerId, applicationId: application!.id, region, size };
}

/**
 * One environment's life: made, perhaps stopped and started, perhaps grown and shrunk, deleted. At each rest point the
 * cloud has just the wished servers, each once, in the state that was wished. Answers how many rest points there were.
 */
export async function live(place: Place, sight: Sight, name: string, random: () => number): Promise<number> {
  const { client: script, providerId, applicationId, region, size } = place;
  const nodes = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => ({ name: `node-${index}`, size }));
  const wish = { provider_id: providerId, region, environment: name, nodes };
  const made = (await script.send("POST", `/applications/${applicationId}/environments`, wish)) as {
    environment: string;
  };
  const id = made.environment;
  let rests = 0;
  const rest = async (state: string, serverState: string | null) => {
    const environment = await reached(script, id, state);
    holds(environment, sight(id), serverState);
    if (serverState) await named(environment, () => sight(id));
    rests += 1;
  };
  await rest("running", "running");
  if (random() < 0.3) {
    await script.send("POST", `/environments/${id}/stop`, {});
    await rest("stopped", "stopped");
    await script.send("POST", `/environments/${id}/start`, {});
    await rest("running", "running");
  }
  if (random() < 0.3) {
    const changed = [...nodes.slice(1), { name: "late", size }];
    await script.send("PUT", `/environments/${id}`, { nodes: changed, prune: true });
    await rest("running", "running");
  }
  await script.send("POST", `/environments/${id}/delete`, {});
  await rest("deleted", null);
  return rests;
}

/** The environment once it is in the state and nothing of it moves; throws when that takes too long, or it fails. */
async function reached(script: Client, id: string, state: string): Promise<EnvironmentAnswer> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const now = (await script.send("GET", `/environments/${id}`)) as EnvironmentAnswer;
    if (now.state === state) return now;
    if (Date.now() > deadline || ["failed", "degraded"].includes(now.state)) {
      const nodes = now.nodes.map((node) => `${node.name} ${node.state} ${node.error ?? ""}`).join("; ");
      throw new Error(`${now.name} is ${now.state} and not ${state}: ${now.last_error ?? ""} ${nodes}`);
    }
    await sleep(pollMs);
  }
}

/** Servers = wish: each node's once and no other, in this state; null: none at all. */
function holds(environment: EnvironmentAnswer, servers: ReturnType<Sight>, state: string | null): void {
  const wished = state === null ? [] : environment.nodes.map(({ server_id }) => `${server_id} ${state}`);
  const found = servers.map((server) => `${server.id} ${server.state}`);
  if (JSON.stringify(found.toSorted()) === JSON.stringify(wished.toSorted())) return;
  throw new Error(
    `${environment.name} at ${environment.state}: wished ${wished.join(", ")}; there is ${found.join(", ")}`,
  );
}

/** A launch that was cut short has its servers named a little later. */
async function named(environment: EnvironmentAnswer, look: () => ReturnType<Sight>): Promise<void> {
  const wished = new Map(environment.nodes.map(({ server_id, hostname }) => [server_id, hostname]));
  const wrong = () => look().filter(({ id, name }) => wished.get(id) !== name);
  for (const deadline = Date.now() + patienceMs; wrong().length > 0; await sleep(pollMs))
    if (Date.now() > deadline)
      throw new Error(
        `${environment.name} has ${wrong()
          .map(({ name }) => name)
          .join(", ")}`,
      );
}
