import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { applications, environments, integrations, nodes } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { isCluster } from "#lib/model/cluster.ts";
import { registryOf } from "#lib/model/image-reference.ts";
import { integrationRow } from "./get.ts";

export type RegistryUses = {
  /** What its images begin with: "docker.io", "ghcr.io/acme". */
  images: string;
  /** The organisation's Docker clusters, each of which logs in with it to get such images. */
  clusters: { id: string; name: string; applicationName: string }[];
  /** Registries of the same host for some of its repositories: those images are theirs. */
  except: { id: string; name: string; images: string }[];
};

const atMost = 1_000;

/** Which images a registry's credentials are for, and where they are used. */
export async function registryUses(ctx: Context, id: string): Promise<RegistryUses> {
  const { url } = await integrationRow(ctx, id);
  const own = registryOf(url);
  const mine = and(eq(integrations.organisationId, ctx.organisation.id), ne(integrations.id, id));
  const others = await ctx.db.select().from(integrations).where(mine).orderBy(asc(integrations.id)).limit(atMost);
  const narrower = others.flatMap((other) => {
    const at = registryOf(other.url);
    const isWithin = own.repository === "" || at.repository.startsWith(`${own.repository}/`);
    const takes = at.host === own.host && at.repository !== own.repository && isWithin;
    return takes ? [{ id: other.id, name: other.name, images: imagesOf(at) }] : [];
  });
  return { images: imagesOf(own), clusters: await dockerClusters(ctx), except: narrower };
}

const imagesOf = ({ host, repository }: { host: string; repository: string }) =>
  repository ? `${host}/${repository}` : host;

async function dockerClusters(ctx: Context): Promise<RegistryUses["clusters"]> {
  const living = and(eq(environments.organisationId, ctx.organisation.id), isNull(environments.deletedAt));
  const rows = await ctx.db
    .select({ id: environments.id, name: environments.name, applicationName: applications.name, node: nodes })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .innerJoin(nodes, eq(nodes.environmentId, environments.id))
    .where(living)
    .orderBy(asc(environments.id))
    .limit(atMost * 10);
  const byEnvironment = [...Map.groupBy(rows, (row) => row.id).values()];
  return byEnvironment
    .filter((own) => isCluster(own.map(({ node }) => node)))
    .map(([first]) => ({ id: first!.id, name: first!.name, applicationName: first!.applicationName }));
}
