import { eq } from "drizzle-orm";
import { applications, nodes, providerFacts, providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";
import { createEnvironment } from "#lib/domain/environments/create.ts";
import { newId } from "#lib/ids.ts";
import type { EnvironmentWish, NodeWish } from "#lib/model/wishes.ts";
import type { Metadata } from "#lib/providers/provider.ts";
import { sealSettings } from "#lib/providers/sealed.ts";

const size = (id: string) => ({ id, cores: "1", ram: "1 GiB", disk: "shared" });

export const METADATA: Metadata = {
  locations: {
    local: { name: "local", endpoint: "unix:///nowhere", available: true },
    closed: { name: "closed", endpoint: "unix:///nowhere", available: false },
  },
  sizes: { Container: { small: size("small"), medium: size("medium"), far: { ...size("far"), regions: ["closed"] } } },
};

/** A provider whose regions and sizes are known for ten minutes, and whose engine is never asked. */
export async function seedProvider(ctx: Context, name = `provider ${newId()}`): Promise<string> {
  const id = newId();
  const settings = { host: "unix:///nowhere.sock", origin: "ours" };
  const row = { id, organisationId: ctx.organisation.id, type: "docker" as const, name, alias: "company-owner-docker" };
  await db()
    .insert(providers)
    .values({ ...row, ...sealSettings(id, "docker", settings) });
  await db().insert(providerFacts).values({ providerId: id, name: "metadata", value: METADATA });
  return id;
}

export async function seedApplication(ctx: Context, name = `application ${newId()}`): Promise<string> {
  const [row] = await db()
    .insert(applications)
    .values({ organisationId: ctx.organisation.id, name, type: "custom" })
    .returning();
  return row!.id;
}

export const node = (name: string, change: Partial<NodeWish> = {}): NodeWish => ({
  name,
  size: "small",
  packages: [],
  expose: [],
  ...change,
});

export type Place = { ctx: Context; providerId: string; applicationId: string };

export async function seedPlace(ctx: Context): Promise<Place> {
  return { ctx, providerId: await seedProvider(ctx), applicationId: await seedApplication(ctx) };
}

/** An environment of one node, `web`, unless said otherwise; nothing launches it. */
export async function seedEnvironment(
  { ctx, providerId, applicationId }: Place,
  change: Partial<EnvironmentWish> = {},
) {
  const wish = {
    providerId,
    region: "local",
    name: `environment ${newId()}`,
    nodes: [node("web")],
    heal: false,
    choices: {},
  };
  const { id } = await createEnvironment(ctx, applicationId, { ...wish, ...change });
  return id;
}

/** Says that the cloud was last seen with these servers: a stand-in for the engine's observation. */
export async function observeRunning(environmentId: string): Promise<void> {
  const seen = { state: "ready" as const, observed: "running" as const, serverId: "i-1", attempt: "a".repeat(32) };
  await db().update(nodes).set(seen).where(eq(nodes.environmentId, environmentId));
}
