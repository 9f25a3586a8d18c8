import type { PgBoss } from "pg-boss";
import { db } from "#lib/db/client.ts";
import { onDeliveries } from "#lib/db/deliveries.ts";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { deliver } from "#lib/webhooks/deliver.ts";
import { sweepDeliveries } from "#lib/webhooks/sweep.ts";

const beatMs = 10_000;

/** A webhook whose receiver is slow keeps half of the places busy, and leaves the others to the rest. */
const places = {
  localConcurrency: 8,
  localGroupConcurrency: 4,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
};

type DeliveryJob = { deliveryId: string };

/** Sends what is written down for webhooks, as it is committed and when its time has come; answers how to stop. */
export async function startDelivering(boss: PgBoss): Promise<() => Promise<void>> {
  await boss.work<DeliveryJob>("deliver", places, async ([job]) => deliver(db(), job!.data.deliveryId));
  let running: Promise<void> | undefined;
  let again = false;
  const sweep = async () => {
    do {
      again = false;
      await sweepDeliveries(db()).catch((error) => log.warn({ err: error }, messageOf(error)));
    } while (again);
    running = undefined;
  };
  const look = () => {
    again = true;
    running ??= sweep();
  };
  const unlisten = await onDeliveries(look);
  const beat = setInterval(look, beatMs);
  look();
  return async () => {
    clearInterval(beat);
    await unlisten();
    await running;
  };
}
