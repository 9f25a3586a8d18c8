import type { Metadata } from "next";
import Link from "next/link";
import { Facts } from "#components/environments/facts.tsx";
import { Servers } from "#components/environments/live/servers.tsx";
import { environmentCosts } from "#lib/domain/environments/costs.ts";
import { listPackages } from "#lib/domain/packages/list.ts";
import { getProvider } from "#lib/domain/providers/get.ts";
import { isCluster } from "#lib/model/cluster.ts";
import { readEnvironment } from "./read.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { environment } = await readEnvironment((await params).id);
  return { title: environment.name };
}

export default async function EnvironmentPage({ params }: Props) {
  const { id } = await params;
  const { ctx, environment } = await readEnvironment(id);
  const [costs, provider] = await Promise.all([
    environmentCosts(ctx, environment),
    getProvider(ctx, environment.providerId),
  ]);
  return (
    <div className="flex flex-col gap-5">
      <Facts environment={environment} costs={costs} trouble={provider.trouble} />
      {isCluster(environment.nodes) && environment.wish !== "delete" && (
        <p className="text-ink-soft">
          All nodes answer as one Docker host.{" "}
          <Link href={`/dashboard/environments/${id}/docker#connect`} className="rounded-sm underline">
            Connect your docker, or look inside
          </Link>
        </p>
      )}
      <Servers
        secretive={listPackages()
          .filter((one) => one.hasCredentials)
          .map(({ name }) => name)}
      />
    </div>
  );
}
