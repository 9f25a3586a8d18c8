import { imageNames } from "#lib/model/launch.ts";
import type { Provider } from "../provider.ts";
import { DISK_GIB } from "./choices.ts";
import { openSession } from "./client.ts";
import { prepare, release } from "./environment.ts";
import { find } from "./find.ts";
import { launch } from "./launch.ts";
import { destroy, start, stop } from "./lifecycle.ts";
import { list } from "./list.ts";
import { metadata } from "./metadata.ts";
import { nameServers } from "./name.ts";
import { plan } from "./plan.ts";
import { missingPermissions } from "./preflight.ts";
import { prices } from "./prices.ts";
import { remnants } from "./remnants.ts";
import { removeRemnants } from "./remove-remnants.ts";
import { type Ec2Settings, HOME_REGION } from "./settings.ts";
import { verify } from "./verify.ts";

/** Servers on Amazon EC2. Opens no connection by itself. */
export function ec2Provider(settings: Ec2Settings): Provider {
  const session = openSession(settings);
  return {
    traits: {
      launchSettleMs: 120_000,
      bootTimeoutMs: 300_000,
      launchBatch: 100,
      resolvesNames: false,
      stoppedCost: "A stopped server is not billed; its volume is.",
      stoppedBills: "disk",
      images: imageNames,
      takesNetwork: true,
      diskGib: DISK_GIB,
    },
    verify: (signal) => verify(session, signal),
    missingPermissions: (signal) => missingPermissions(session, HOME_REGION, signal),
    prices: (region, signal) => prices(session, region, signal),
    metadata: (signal) => metadata(session, signal),
    plan: (request, signal) => plan(session, request, signal),
    list: (region, owner, signal) => list(session, region, owner, signal),
    find: (region, owner, known, signal) => find(session, region, owner, known, signal),
    prepare: (environment, report, signal) => prepare(session, environment, report, signal),
    launch: (environment, specs, signal) => launch(session, environment, specs, signal),
    stop: (region, ids, signal) => stop(session, region, ids, signal),
    start: (region, ids, signal) => start(session, region, ids, signal),
    rename: (region, names, signal) =>
      nameServers(
        session,
        region,
        names.map(({ id, name }): [string, string] => [id, name]),
        signal,
      ),
    destroy: (region, doomed, signal) => destroy(session, region, doomed, signal),
    remnants: (regions, owner, signal) => remnants(session, regions, owner, signal),
    removeRemnants: (found, signal) => removeRemnants(session, found, signal),
    release: (environment, signal) => release(session, environment, signal),
  };
}
