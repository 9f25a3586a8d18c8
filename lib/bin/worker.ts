import { hostname } from "node:os";
import type { PgBoss } from "pg-boss";
import { sweepFailedLogins } from "#lib/auth/limit.ts";
import { sweepSessions } from "#lib/auth/sessions.ts";
import { db } from "#lib/db/client.ts";
import { mailReset } from "#lib/domain/accounts/forgot-password.ts";
import { keepExpiries } from "#lib/domain/environments/keep-expiries.ts";
import { keepSchedules } from "#lib/domain/environments/keep-schedules.ts";
import { tendCluster } from "#lib/engine/cluster.ts";
import { install } from "#lib/engine/install.ts";
import { prepare } from "#lib/engine/prepare.ts";
import { reconcile } from "#lib/engine/reconcile.ts";
import { showLife, sweepForgotten, sweepOld } from "#lib/engine/sweep.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { sendMail } from "#lib/mail/send.ts";
import type { Letter } from "#lib/model/letter.ts";
import { mailPlace } from "#lib/model/places.ts";
import { worker } from "#lib/queue/boss.ts";
import { vault } from "#lib/vault.ts";
import { forgetDeliveries } from "#lib/webhooks/sweep.ts";
import { startDelivering } from "./deliveries.ts";

const beatMs = 10_000;
const dutyMs = 10_000;
const tidyMs = 15 * 60_000;

/** Works on the queue until stopped; any number of workers share one database. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const boss = await worker();
  await takeWork(boss);
  const id = newId();
  const beat = every(beatMs, async () => {
    await showLife(db(), id, hostname());
    await sweepForgotten(db());
  });
  const duties = every(dutyMs, async () => {
    await keepSchedules(db());
    await keepExpiries(db());
  });
  const stopDelivering = await startDelivering(boss);
  const tidy = every(tidyMs, async () => {
    await sweepOld(db());
    await sweepSessions(db());
    await sweepFailedLogins(db());
    await forgetDeliveries(db());
  });
  return {
    async stop() {
      beat();
      duties();
      tidy();
      await stopDelivering();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

type MailJob = { sealed: string };
type ResetJob = { email: string };
type EnvironmentJob = { environmentId: string };
type NodeJob = { nodeId: string };

/** Rounds wait for their time, so they are looked for often; the other jobs are due as they come, and announced. */
async function takeWork(boss: PgBoss): Promise<void> {
  const often = { localConcurrency: 6, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
  const announced = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
  await boss.work<EnvironmentJob>("reconcile", often, async ([job]) => reconcile(db(), job!.data.environmentId));
  await boss.work<EnvironmentJob>("prepare", { ...announced, localConcurrency: 4 }, async ([job]) =>
    prepare(db(), job!.data.environmentId, job!.signal),
  );
  await boss.work<EnvironmentJob>("cluster", { ...announced, localConcurrency: 4 }, async ([job]) =>
    tendCluster(db(), job!.data.environmentId, job!.signal),
  );
  await boss.work<NodeJob>("install", { ...announced, localConcurrency: 10 }, async ([job]) =>
    install(db(), job!.data.nodeId, job!.signal),
  );
  await boss.work<MailJob>("mail", { ...announced, localConcurrency: 2 }, async ([job]) => {
    await sendMail(JSON.parse(vault().open(job!.data.sealed, mailPlace)) as Letter);
  });
  await boss.work<ResetJob>("reset", { ...announced, localConcurrency: 2 }, async ([job]) =>
    mailReset(db(), job!.data.email),
  );
}

/** Runs `work` now and every `ms`, never twice at once; answers how to stop. */
function every(ms: number, work: () => Promise<void>): () => void {
  let running = false;
  const run = () => {
    if (running) return;
    running = true;
    work()
      .catch((error) => log.warn({ err: error }, "housekeeping failed"))
      .finally(() => {
        running = false;
      });
  };
  run();
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
