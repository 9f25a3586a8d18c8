import { eq, sql } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { appendEvents } from "#lib/db/events.ts";
import { conflict } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import type { Schedule } from "#lib/model/schedule.ts";
import type { SettingsWish } from "#lib/model/wishes.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { askerOf } from "../duty.ts";
import { takenName } from "../taken-name.ts";
import { environmentRows, getEnvironment } from "./get.ts";
import { lifecycleValues } from "./lifecycle.ts";
import type { EnvironmentRow, EnvironmentView } from "./view.ts";

/** Changes what no server is touched for; what is left out stays. Throws "conflict" after a delete. */
export async function changeSettings(ctx: Context, id: string, wish: SettingsWish): Promise<EnvironmentView> {
  requireRole(ctx, "operator");
  await ctx.db.transaction(async (tx) => {
    const { environment } = await environmentRows({ ...ctx, db: tx }, id, true);
    if (environment.wish === "delete") throw conflict(`${environment.name} is being deleted: that is final.`);
    const { name = environment.name, heal = environment.heal } = wish;
    const values = { name, heal, ...lifecycleValues(ctx, wish, environment, new Date()) };
    const changes = changesBetween(settingsOf(environment), settingsOf({ ...environment, ...values }));
    if (!changes) return;
    await tx
      .update(environments)
      .set({ ...values, changedAt: sql`now()` })
      .where(eq(environments.id, id))
      .catch(takenName(() => conflict(`There is an environment named ${name} already.`, "name")));
    await enqueueReconcile(tx, id);
    const message = `${askerOf(ctx)} changed its ${Object.keys(changes).join(", ")}`;
    await appendEvents(tx, id, [{ kind: "environment", message, data: { changes } }]);
    await recordAudit(tx, ctx, "environment.settings", id, { name, changes });
  });
  return getEnvironment(ctx, id);
}

/** The settings in words, as the timeline and the audit log have them. */
const settingsOf = ({ name, heal, schedule, expiresAt, protected: isProtected }: EnvironmentRow) => ({
  name,
  healing: heal,
  schedule: schedule && hoursOf(schedule),
  "time to live": expiresAt && `until ${expiresAt.toISOString()}`,
  "protection against deletion": isProtected,
});

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const hoursOf = ({ days, start, stop, timeZone }: Schedule) =>
  `${days.map((day) => dayNames[day - 1]).join(", ")} ${start} to ${stop}, ${timeZone}`;
