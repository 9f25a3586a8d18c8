import Link from "next/link";
import { StateBadge } from "#components/environments/state-badge.tsx";
import { ProviderIcon } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { dollars } from "#components/ui/money.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import type { OverviewRow } from "#lib/domain/overview/overview.ts";
import type { OverviewSearch } from "./search.ts";
import { SortHead } from "./sort-head.tsx";

type TableProps = { environments: OverviewRow[]; search: OverviewSearch };

/** Environments, a row each; on narrow screens what matters most is under the name. */
export function OverviewTable({ environments, search }: TableProps) {
  return (
    <Table caption="Environments">
      <thead>
        <tr>
          <SortHead by="name" search={search}>
            Environment
          </SortHead>
          <SortHead by="state" search={search}>
            State
          </SortHead>
          <SortHead by="servers" search={search} className="hidden text-right sm:table-cell">
            Servers
          </SortHead>
          <SortHead by="provider" search={search} className="hidden md:table-cell">
            Provider
          </SortHead>
          <SortHead by="region" search={search} className="hidden xl:table-cell">
            Region
          </SortHead>
          <SortHead by="cost" search={search} className="hidden text-right sm:table-cell">
            A month
          </SortHead>
          <SortHead by="age" search={search} className="hidden xl:table-cell">
            Age
          </SortHead>
          <SortHead by="changed" search={search} className="hidden lg:table-cell">
            Changed
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {environments.map((environment) => (
          <EnvironmentRow key={environment.id} environment={environment} />
        ))}
      </tbody>
    </Table>
  );
}

function EnvironmentRow({ environment }: { environment: OverviewRow }) {
  const { id, name, applicationName, state, ready, servers, perMonth, createdAt, changedAt } = environment;
  return (
    <Row>
      <Cell className="max-w-64">
        <Link
          href={`/dashboard/environments/${id}`}
          prefetch={false}
          title={name}
          className="block truncate rounded-sm font-medium hover:underline"
        >
          {name}
        </Link>
        <p className="truncate text-ink-faint text-xs" title={applicationName}>
          {applicationName}
        </p>
        <p className="tabular text-ink-faint text-xs sm:hidden">
          {ready} of {servers} ready · {environment.region}
          {perMonth !== null && ` · ${dollars(perMonth)} a month`}
        </p>
        {environment.simulated && <SimulatedBadge />}
      </Cell>
      <Cell>
        <StateBadge state={state} />
      </Cell>
      <Cell className="tabular hidden text-right text-ink-soft sm:table-cell">
        {ready}/{servers}
      </Cell>
      <Cell className="hidden text-ink-soft md:table-cell">
        <span className="inline-flex items-center gap-2">
          <ProviderIcon type={environment.providerType} />
          {environment.providerName}
        </span>
      </Cell>
      <Cell className="hidden text-ink-soft xl:table-cell">{environment.region}</Cell>
      <Cell className="tabular hidden text-right text-ink-soft sm:table-cell">
        {perMonth === null ? <span title="A price is not known">–</span> : dollars(perMonth)}
      </Cell>
      <Cell className="hidden text-ink-soft xl:table-cell">
        <RelativeTime at={createdAt.toISOString()} />
      </Cell>
      <Cell className="hidden text-ink-soft lg:table-cell">
        <RelativeTime at={changedAt.toISOString()} />
      </Cell>
    </Row>
  );
}
