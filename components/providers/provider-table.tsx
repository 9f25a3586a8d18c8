import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { ProviderType } from "#lib/providers/provider.ts";
import { ProviderState } from "./provider-state.tsx";
import { ProviderIcon, providerTitle } from "./provider-type.tsx";
import { SimulatedBadge } from "./simulated-badge.tsx";

type Provider = {
  id: string;
  name: string;
  type: ProviderType;
  /** Settings; secrets masked. */
  meta: Record<string, string>;
  trouble: string | null;
  missingPermissions: string[];
  throttledUntil: Date | null;
  /** Environments that use it. */
  used: number;
  simulated: boolean;
  createdAt: Date;
};
type TableProps = { providers: Provider[]; remove?: (id: string) => Promise<string | undefined> };

export function ProviderTable({ providers, remove }: TableProps) {
  return (
    <Table caption="Providers">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden md:table-cell">Account</HeadCell>
          <HeadCell>Credentials</HeadCell>
          <HeadCell className="hidden text-right lg:table-cell">Environments</HeadCell>
          <HeadCell className="hidden sm:table-cell">Added</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {providers.map((provider) => (
          <ProviderRow key={provider.id} provider={provider} remove={remove} />
        ))}
      </tbody>
    </Table>
  );
}

function ProviderRow({ provider, remove }: { provider: Provider; remove: TableProps["remove"] }) {
  const { id, name, type, meta, trouble, missingPermissions, throttledUntil, used, simulated, createdAt } = provider;
  return (
    <Row>
      <Cell>
        <div className="flex items-center gap-3">
          <span className="grid size-8 shrink-0 place-items-center rounded-md bg-raised text-ink-soft">
            <ProviderIcon type={type} />
          </span>
          <div className="min-w-0">
            <Link href={`/dashboard/providers/${id}`} className="rounded-sm font-medium hover:underline">
              {name}
            </Link>
            <p className="text-ink-faint text-xs">{providerTitle(type)}</p>
            {simulated && <SimulatedBadge />}
          </div>
        </div>
      </Cell>
      <Cell className="hidden break-all font-mono text-ink-soft text-xs md:table-cell">
        {meta.host ?? meta.accessKey ?? meta.access_token}
      </Cell>
      <Cell>
        <div className="flex max-w-xs flex-col items-start gap-1">
          <ProviderState {...{ trouble, missingPermissions, throttledUntil }} />
          {trouble && <span className="text-ink-soft text-xs">{trouble}</span>}
        </div>
      </Cell>
      <Cell className="tabular hidden text-right lg:table-cell">{used}</Cell>
      <Cell className="hidden text-ink-soft sm:table-cell">
        <RelativeTime at={createdAt.toISOString()} />
      </Cell>
      <Cell className="w-0 py-1.5 text-right">
        {remove && (
          <RemoveButton what={`provider ${name}`} remove={remove.bind(null, id)}>
            {used > 0
              ? `It cannot be removed while ${used === 1 ? "an environment uses" : `${used} environments use`} it: delete them first.`
              : "CloudHero forgets this account and its key. Nothing in the cloud is touched: look for orphans first, because nobody finds them afterwards."}
          </RemoveButton>
        )}
      </Cell>
    </Row>
  );
}
