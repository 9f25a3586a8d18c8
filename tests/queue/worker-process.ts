// A worker in a process of its own: each job of "reconcile" is noted when it begins and ends, and takes as long as it says.
import postgres from "postgres";
import { worker } from "#lib/queue/boss.ts";

type Job = { environmentId: string };

const [name = "", lastsMs = "0"] = process.argv.slice(2);
const sql = postgres(process.env.DATABASE_URL!, { max: 2 });
const boss = await worker();
const often = { localConcurrency: 3, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
await boss.work<Job>("reconcile", often, async ([job]) => {
  const [row] = await sql`insert into work (worker, key) values (${name}, ${job!.data.environmentId}) returning id`;
  await new Promise((resolve) => setTimeout(resolve, Number(lastsMs)));
  await sql`update work set ended_at = clock_timestamp() where id = ${row!.id}`;
});
process.send?.("ready");
