import Link from "next/link";
import { ProviderIcon } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";

/** Where an environment is, in a line: application, provider, region, age. */
export function Place({ environment }: { environment: EnvironmentView }) {
  const { applicationId, applicationName, providerId, providerName, providerType, region, createdAt, simulated } =
    environment;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link href={`/dashboard?application=${applicationId}`} className="rounded-sm hover:underline">
        {applicationName}
      </Link>
      <span aria-hidden>·</span>
      <span className="inline-flex items-center gap-1.5">
        <ProviderIcon type={providerType} className="size-3.5" />
        <Link href={`/dashboard/providers/${providerId}`} className="rounded-sm hover:underline">
          {providerName}
        </Link>
      </span>
      {simulated && <SimulatedBadge />}
      <span aria-hidden>·</span>
      <span>{region}</span>
      <span aria-hidden>·</span>
      <span>
        made <RelativeTime at={createdAt.toISOString()} />
      </span>
    </span>
  );
}
