import Link from "next/link";
import { monthly, perHour } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { EnvironmentCosts } from "#lib/domain/environments/costs.ts";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";

type FactsProps = {
  environment: Pick<EnvironmentView, "providerId" | "image" | "network" | "subnet" | "diskGib">;
  costs: EnvironmentCosts;
  /** Why the cloud refuses the provider's credentials. */
  trouble: string | null;
};

const networks = { own: "a network of its own", default: "the region’s default network" };

/** How an environment's servers were launched, and what they cost running and stopped. */
export function Facts({ environment, costs: { running, stopped, sentence }, trouble }: FactsProps) {
  const { providerId, image, network, subnet, diskGib } = environment;
  const launched = [
    image && `Image ${image}`,
    subnet ?? (network && networks[network]),
    diskGib && `${diskGib} GiB disks`,
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-3">
      {trouble && (
        <Notice
          tone="bad"
          actions={
            <Link href={`/dashboard/providers/${providerId}`} className="rounded-sm font-medium underline">
              Rotate the credentials
            </Link>
          }
        >
          The cloud refuses this provider’s credentials, so what is shown is what was last known. {trouble}
        </Notice>
      )}
      <p className="text-ink-soft">
        {launched.join(" · ")}
        {running && running.perHour > 0 && (
          <span className="tabular">
            {" "}
            · {perHour(running.perHour)} an hour, {monthly(running.perMonth)} running
          </span>
        )}
        {stopped && stopped.perMonth > 0 && <span className="tabular"> · {monthly(stopped.perMonth)} stopped</span>}
      </p>
      {sentence && <p className="text-ink-faint text-xs">{sentence}</p>}
    </div>
  );
}
