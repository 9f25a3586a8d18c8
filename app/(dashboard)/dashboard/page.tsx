import { Boxes, Cloud, Layers, Plus, SearchX } from "lucide-react";
import { pageContext } from "#app/(dashboard)/context.ts";
import { EnvironmentSearch } from "#components/environments/environment-search.tsx";
import { EnvironmentTable } from "#components/environments/environment-table.tsx";
import { RefreshWhileMoving } from "#components/environments/refresh-while-moving.tsx";
import { DockerOffer } from "#components/providers/docker-offer.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Context } from "#lib/context.ts";
import { listEnvironments } from "#lib/domain/environments/get.ts";
import { listProviders } from "#lib/domain/providers/get.ts";
import { dockerOffer } from "#lib/domain/providers/offer.ts";
import { environmentStates, isAtRest } from "#lib/model/states.ts";
import { acceptDockerOffer } from "./providers/actions.ts";

const pageSize = 100;

type Search = Record<"q" | "state" | "application" | "cursor", string | string[] | undefined>;

const one = (value: string | string[] | undefined) => (typeof value === "string" && value ? value : undefined);

export default async function OverviewPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageContext("/dashboard");
  const search = await searchParams;
  const [name, application, cursor] = [one(search.q), one(search.application), one(search.cursor)];
  const state = environmentStates.find((known) => known === one(search.state));
  const filter = { name, state, applicationId: application };
  const environments = await listEnvironments(ctx, { ...filter, cursor, limit: pageSize });
  const isSearch = Boolean(name ?? state ?? application ?? cursor);
  if (environments.length === 0 && !isSearch) return <FirstSteps ctx={ctx} />;
  const next = environments.length === pageSize ? environments.at(-1)?.id : undefined;
  return (
    <>
      <PageHeader title="Environments" actions={<NewEnvironment />} />
      <EnvironmentSearch query={name} state={state} application={application} />
      {environments.length > 0 ? (
        <EnvironmentTable environments={environments} />
      ) : (
        <EmptyState
          icon={<SearchX aria-hidden />}
          title="Nothing matches"
          actions={<ButtonLink href="/dashboard">Show all environments</ButtonLink>}
        >
          No environment has this name and state.
        </EmptyState>
      )}
      {next && (
        <div className="mt-4 flex justify-center">
          <ButtonLink href={{ query: { q: name, state, application, cursor: next } }}>Next {pageSize}</ButtonLink>
        </div>
      )}
      {environments.some((environment) => !isAtRest(environment.state)) && <RefreshWhileMoving />}
    </>
  );
}

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
              <ButtonLink href="/dashboard/providers/new" variant={offer ? "secondary" : "primary"}>
                Add provider
              </ButtonLink>
            }
          >
            Servers are made in a cloud account of yours, or as containers of a Docker engine. Add one, and its regions
            and sizes are there to choose from.
          </EmptyState>
        ) : (
          <EmptyState icon={<Layers aria-hidden />} title="Your first environment" actions={<FirstActions />}>
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
