import type { Provider } from "../provider.ts";
import { linkTo } from "./connect.ts";
import { prepare, release } from "./environment.ts";
import { launch } from "./launch.ts";
import { destroy, start, stop } from "./lifecycle.ts";
import { find, list } from "./list.ts";
import { metadata, verify } from "./metadata.ts";
import { plan } from "./plan.ts";
import { remnants, removeRemnants } from "./remnants.ts";
import type { DockerSettings } from "./settings.ts";

/** Servers that are containers of one Docker engine (API 1.41 or newer), reached through its socket or by TLS. */
export function dockerProvider(settings: DockerSettings): Provider {
  const link = linkTo(settings);
  return {
    traits: {
      launchSettleMs: 10_000,
      bootTimeoutMs: 60_000,
      resolvesNames: true,
      launchBatch: 24,
      stoppedBills: "nothing",
      images: ["debian-12"],
      takesNetwork: false,
    },
    verify: (signal) => verify(link, signal),
    metadata: (signal) => metadata(link, signal),
    plan: (request, signal) => plan(link, request, signal),
    list: (region, owner, signal) => list(link, region, owner, signal),
    find: (region, owner, known, signal) => find(link, region, owner, known, signal),
    prepare: (environment, report, signal) => prepare(link, environment, report, signal),
    launch: (environment, specs, signal) => launch(link, environment, specs, signal),
    stop: (region, ids, signal) => stop(link, region, ids, signal),
    start: (region, ids, signal) => start(link, region, ids, signal),
    destroy: (region, doomed, signal) => destroy(link, region, doomed, signal),
    remnants: (_regions, owner, signal) => remnants(link, owner, signal),
    removeRemnants: (found, signal) => removeRemnants(link, found, signal),
    release: (environment, signal) => release(link, environment, signal),
  };
}
