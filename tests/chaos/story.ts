import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, type EnvironmentAnswer } from "./client.ts";
import type { Server } from "./server.ts";

export type Wanted = { environments: number; nodes: number };

export const making = ["pending", "launching", "booting", "installing"];
const packages = [["nginx"], ["redis"], [], ["memcached"], ["python"]];
const restMs = 15 * 60_000;

/** A team with its provider, and what makes its next environment; false when all are made. */
export async function account(
  url: string,
  host: string,
  wanted: Wanted,
  random: () => number,
): Promise<{ script: Client; make: () => Promise<boolean> }> {
  const wish = {
    email: "chaos@example.com",
    password: "chaos-password",
    password_confirm: "chaos-password",
    name: "Chaos",
  };
  const [{ persistent_token }] = (await client(url).send("POST", "/accounts/register", wish)) as [
    { persistent_token: string },
  ];
  const script = client(url, persistent_token);
  const provider = { cloud_provider: "docker", provider_name: "own", host };
  const { id: provider_id } = (await script.send("POST", "/providers", provider)) as { id: string };
  const [{ id }] = (await script.send("POST", "/applications", { application_name: "Chaos" })) as [{ id: string }];
  let made = 0;
  async function make(): Promise<boolean> {
    if (made === wanted.environments) return false;
    const nodes = Array.from({ length: wanted.nodes }, (_, index) => {
      return { name: `n${index}`, size: "small", packages: packages[Math.floor(random() * packages.length)] };
    });
    const environment = { provider_id, region: "local", environment: `e${made}`, nodes };
    await script.send("POST", `/applications/${id}/environments`, environment, `make-${made}`);
    made += 1;
    return true;
  }
  return { script, make };
}

/**
 * Kills the server a random moment after a node got into `state`, and starts it; answers the state it was last seen in.
 * A phase of making may be over before it can be seen: a node of the newest environment that is past it will do.
 */
export async function killAt(server: Server, script: Client, state: string, random: () => number): Promise<string> {
  const until = Date.now() + 60_000;
  let seen: string | undefined;
  while (!seen && Date.now() < until) {
    seen = reached(state, await script.environments());
    if (!seen) await sleep(20);
  }
  await sleep(random() * (state === "any" ? 3_000 : 300));
  server.kill();
  await sleep(random() * 500);
  await server.start();
  console.log(`  killed the server at ${seen ?? `${state} (not seen)`}`);
  if (!seen) throw new Error(`no node was seen in ${state}`);
  return seen;
}

function reached(state: string, environments: EnvironmentAnswer[]): string | undefined {
  const states = environments.flatMap(({ nodes }) => nodes.map((node) => node.state));
  if (state === "any") return states.find((one) => making.includes(one)) ?? states[0];
  if (!making.includes(state)) return states.find((one) => one === state);
  const later = [...making, "running"].slice(making.indexOf(state));
  const newest = environments.toSorted((a, b) => a.name.localeCompare(b.name)).at(-1);
  return states.find((one) => one === state) ?? newest?.nodes.find((node) => later.includes(node.state))?.state;
}

/** All environments, once they are all in `state`; deleted ones are none. */
export async function rest(script: Client, state: string): Promise<EnvironmentAnswer[]> {
  const begun = Date.now();
  for (;;) {
    const all = (await script.environments()).filter((environment) => environment.state !== "deleted");
    if (state === "deleted" ? all.length === 0 : all.every((environment) => environment.state === state)) {
      console.log(`  all ${state} after ${Math.round((Date.now() - begun) / 1000)} s`);
      return all;
    }
    if (Date.now() - begun > restMs) throw new Error(`not ${state}: ${JSON.stringify(all, null, 1)}`);
    await sleep(500);
  }
}
