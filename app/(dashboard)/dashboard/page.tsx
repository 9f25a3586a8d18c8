import { Boxes, Cloud, Layers, Plus, SearchX } from "lucide-react";
import { pageContext } from "#app/(dashboard)/context.ts";
import { OverviewFilters } from "#components/overview/overview-filters.tsx";
import { OverviewTable } from "#components/overview/overview-table.tsx";
import { Pager } from "#components/overview/pager.tsx";
import { isNarrowed, pageSize, readSearch } from "#components/overview/search.ts";
import { DockerOffer } from "#components/providers/docker-offer.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeepCurrent } from "#components/ui/keep-current.tsx";
import { dollars } from "#components/ui/money.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Context } from "#lib/context.ts";
import { overviewChoices } from "#lib/domain/overview/choices.ts";
import { type Overview, overview } from "#lib/domain/overview/overview.ts";
import { listProviders } from "#lib/domain/providers/get.ts";
import { dockerOffer } from "#lib/domain/providers/offer.ts";
import { includesRole } from "#lib/model/roles.ts";
import { acceptDockerOffer } from "./providers/actions.ts";

type Search = Record<string, string | string[] | undefined>;

export default async function OverviewPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageContext("/dashboard");
  const search = readSearch(await searchParams);
  const { q: name, state, provider: providerId, application: applicationId, sort, order, page } = search;
  const place = { limit: pageSize, offset: (page - 1) * pageSize };
  const [found, choices] = await Promise.all([
    overview(ctx, { name, state, providerId, applicationId, sort, descending: order === "desc", ...place }),
    overviewChoices(ctx),
  ]);
  if (found.total === 0 && !isNarrowed(search)) return <FirstSteps ctx={ctx} />;
  return (
    <>
      <PageHeader title="Environments" lead={<RunningCost {...found} />} actions={mayMake(ctx) && <NewEnvironment />} />
      <OverviewFilters search={search} {...choices} />
      {found.environments.length > 0 ? (
        <OverviewTable environments={found.environments} search={search} />
      ) : (
        <EmptyState
          icon={<SearchX aria-hidden />}
          title="Nothing matches"
          actions={<ButtonLink href="/dashboard">Show all environments</ButtonLink>}
        >
          {found.total > 0 ? "This page is behind the last." : "No environment is like that."}
        </EmptyState>
      )}
      <Pager search={search} total={found.total} />
      <KeepCurrent moving={found.moving} />
    </>
  );
}

/** What everything that stands costs; above it, how much of that is known. */
function RunningCost({ perMonth, partial }: Overview) {
  return (
    <span className="tabular">
      {dollars(perMonth)} a month as everything stands now{partial ? ", without what has no known price" : ""}
    </span>
  );
}

const mayMake = ({ role }: Context) => includesRole(role, "operator");

function NewEnvironment() {
  return (
    <ButtonLink href="/dashboard/environments/new" variant="primary">
      <Plus className="size-4" aria-hidden />
      New environment
    </ButtonLink>
  );
}

/** What a new account sees: the next thing to do, and only that. */
async function FirstSteps({ ctx }: { ctx: Context }) {
  const [providers, offer] = await Promise.all([listProviders(ctx), dockerOffer(ctx)]);
  return (
    <>
      <PageHeader title="Environments" lead="A set of servers that are made, stopped and deleted together." />
      <div className="flex flex-col gap-6">
        {offer && <DockerOffer host={offer.host} accept={acceptDockerOffer} />}
        {providers.length === 0 ? (
          <EmptyState
            icon={<Cloud aria-hidden />}
            title="First, a provider"
            actions={
              includesRole(ctx.role, "admin") && (
                <ButtonLink href="/dashboard/providers/new" variant={offer ? "secondary" : "primary"}>
                  Add provider
                </ButtonLink>
              )
            }
          >
            Servers are made in a cloud account of yours, or as containers of a Docker engine. Once an admin has added
            one, its regions and sizes are there to choose from.
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Layers aria-hidden />}
            title="Your first environment"
            actions={mayMake(ctx) && <FirstActions />}
          >
            Name an application, choose a region, and say which servers you want and what is on them. Minutes later they
            run.
          </EmptyState>
        )}
      </div>
    </>
  );
}

function FirstActions() {
  return (
    <>
      <NewEnvironment />
      <ButtonLink href="/dashboard/applications">
        <Boxes className="size-4" aria-hidden />
        Applications
      </ButtonLink>
    </>
  );
}
