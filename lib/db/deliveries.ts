import { and, eq, sql } from "drizzle-orm";
import { applications, environments, providers, webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { type WebhookEvent, webhookEventOf } from "#lib/model/webhook-events.ts";
import { driver } from "./client.ts";
import type { NewEvent } from "./events.ts";

const channel = "cloudhero_deliveries";

/**
 * Writes down what each webhook is to be told of what happened to an environment: it commits with the change, or not
 * at all. A webhook that is just being removed is waited for, and told nothing.
 */
export async function writeDeliveries(db: Queryable, environmentId: string, happened: NewEvent[]): Promise<void> {
  const news = happened.flatMap((event) => {
    const name = webhookEventOf(event);
    return name ? [{ ...event, name }] : [];
  });
  if (news.length === 0) return;
  const targets = await targetsOf(db, environmentId);
  const at = new Date();
  const rows = targets.flatMap(({ webhook, ...place }) =>
    news
      .filter(({ name }) => webhook.events.length === 0 || webhook.events.includes(name))
      .map((event) => ({
        webhookId: webhook.id,
        event: event.name,
        payload: payloadOf(event, place, at),
        dueAt: at,
      })),
  );
  if (rows.length === 0) return;
  await db.insert(webhookDeliveries).values(rows);
  await announceDeliveries(db);
}

/** Wakes whoever sends deliveries, when `db` commits. */
export async function announceDeliveries(db: Queryable): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, '')`);
}

/** Calls `listener` when deliveries may be due, and after a lost connection; answers how to stop. */
export async function onDeliveries(listener: () => void): Promise<() => Promise<void>> {
  const { unlisten } = await driver().listen(channel, listener, listener);
  return unlisten;
}

function targetsOf(db: Queryable, environmentId: string) {
  return db
    .select({
      webhook: { id: webhooks.id, events: webhooks.events },
      environment: environments,
      application: applications.name,
      provider: { name: providers.name, type: providers.type },
    })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .innerJoin(providers, eq(providers.id, environments.providerId))
    .innerJoin(webhooks, and(eq(webhooks.organisationId, environments.organisationId), webhooks.enabled))
    .where(eq(environments.id, environmentId))
    .for("key share", { of: webhooks });
}

type Place = Omit<Awaited<ReturnType<typeof targetsOf>>[number], "webhook">;

/** What is sent, in the API's own style. */
function payloadOf(event: NewEvent & { name: WebhookEvent }, { environment, application, provider }: Place, at: Date) {
  const { id, name, region, state, applicationId, providerId, organisationId } = environment;
  return {
    type: event.name,
    timestamp: at.toISOString(),
    data: {
      organisation_id: organisationId,
      environment: {
        ...{ id, name, state, region, application_id: applicationId, application_name: application },
        ...{ provider_id: providerId, provider_name: provider.name, provider_type: provider.type },
      },
      ...(event.nodeName ? { node: { name: event.nodeName, state: event.data?.state } } : {}),
      ...(event.data?.expiresAt ? { expires_at: event.data.expiresAt } : {}),
      message: event.message,
    },
  };
}
