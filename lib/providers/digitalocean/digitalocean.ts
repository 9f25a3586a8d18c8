import { imageNames } from "#lib/model/launch.ts";
import type { Provider } from "../provider.ts";
import { type DigitalOceanSettings, openSession } from "./client.ts";
import { list } from "./droplet.ts";
import { prepare, release } from "./environment.ts";
import { find } from "./find.ts";
import { launch } from "./launch.ts";
import { destroy, start, stop } from "./lifecycle.ts";
import { metadata } from "./metadata.ts";
import { plan } from "./plan.ts";
import { remnants, removeRemnants } from "./remnants.ts";
import { verify } from "./verify.ts";

/** Servers on DigitalOcean. Opens no connection by itself. */
export function digitalOceanProvider(settings: DigitalOceanSettings): Provider {
  const session = openSession(settings);
  return {
    traits: {
      launchSettleMs: 60_000,
      bootTimeoutMs: 300_000,
      launchBatch: 100,
      resolvesNames: false,
      stoppedCost: "A powered-off droplet is billed in full until it is deleted.",
      stoppedBills: "all",
      images: imageNames,
      takesNetwork: false,
    },
    verify: (signal) => verify(session, signal),
    metadata: (signal) => metadata(session, signal),
    plan: (request, signal) => plan(session, request, signal),
    list: (region, owner, signal) => list(session, region, owner, signal),
    find: (region, owner, known, signal) => find(session, region, owner, known, signal),
    prepare: (environment, report, signal) => prepare(session, environment, report, signal),
    launch: (environment, specs, signal) => launch(session, environment, specs, signal),
    stop: (_region, ids, signal) => stop(session, ids, signal),
    start: (_region, ids, signal) => start(session, ids, signal),
    destroy: (_region, doomed, signal) =>
      destroy(
        session,
        doomed.map(({ id }) => id),
        signal,
      ),
    remnants: (_regions, owner, signal) => remnants(session, owner, signal),
    removeRemnants: (found, signal) => removeRemnants(session, found, signal),
    release: (environment, signal) => release(session, environment, signal),
  };
}
