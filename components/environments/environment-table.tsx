import Link from "next/link";
import { ProviderIcon } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";
import { StateBadge } from "./state-badge.tsx";

export function EnvironmentTable({ environments }: { environments: EnvironmentView[] }) {
  return (
    <Table caption="Environments">
      <thead>
        <tr>
          <HeadCell>Environment</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">Servers</HeadCell>
          <HeadCell className="hidden md:table-cell">Provider</HeadCell>
          <HeadCell className="hidden lg:table-cell">Region</HeadCell>
          <HeadCell className="hidden sm:table-cell">Age</HeadCell>
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

function EnvironmentRow({ environment }: { environment: EnvironmentView }) {
  const { id, name, applicationName, providerName, providerType, region, state, progress, createdAt, simulated } =
    environment;
  return (
    <Row>
      <Cell className="relative">
        <Link href={`/dashboard/environments/${id}`} className="rounded-sm font-medium hover:underline">
          {name}
        </Link>
        <p className="text-ink-faint text-xs">{applicationName}</p>
        {simulated && <SimulatedBadge />}
      </Cell>
      <Cell>
        <StateBadge state={state} />
      </Cell>
      <Cell className="tabular text-right text-ink-soft">
        {progress.ready}/{progress.total}
      </Cell>
      <Cell className="hidden text-ink-soft md:table-cell">
        <span className="inline-flex items-center gap-2">
          <ProviderIcon type={providerType} />
          {providerName}
        </span>
      </Cell>
      <Cell className="hidden text-ink-soft lg:table-cell">{region}</Cell>
      <Cell className="hidden text-ink-soft sm:table-cell">
        <RelativeTime at={createdAt.toISOString()} />
      </Cell>
    </Row>
  );
}
