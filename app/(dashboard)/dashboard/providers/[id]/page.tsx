import type { Metadata } from "next";
import { PolicyBlock } from "#components/providers/policy-block.tsx";
import { ProviderTrouble } from "#components/providers/provider-trouble.tsx";
import { ProviderUsers } from "#components/providers/provider-users.tsx";
import { Card } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Section } from "#components/ui/section.tsx";
import { environmentsOfProvider } from "#lib/domain/environments/get.ts";
import type { ProviderView } from "#lib/domain/providers/view.ts";
import { includesRole } from "#lib/model/roles.ts";
import { checkProvider } from "../actions.ts";
import { policyOf, readProvider } from "./read.ts";

/** Environments that are shown by name; the rest is counted. */
const shown = 100;

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { provider } = await readProvider((await params).id);
  return { title: provider.name };
}

export default async function ProviderPage({ params }: Props) {
  const { id } = await params;
  const { ctx, provider } = await readProvider(id);
  const [policy, users] = await Promise.all([policyOf(ctx, id), environmentsOfProvider(ctx, id, shown + 1)]);
  const mayChange = includesRole(ctx.role, "admin");
  return (
    <div className="flex flex-col gap-8">
      <ProviderTrouble
        provider={provider}
        policy={policy}
        check={mayChange ? checkProvider.bind(null, id) : undefined}
      />
      <ProviderUsers
        users={users.slice(0, shown)}
        more={users.length > shown}
        mayMake={includesRole(ctx.role, "operator")}
      />
      <Settings provider={provider} />
      {policy && (
        <details className="group">
          <summary className="w-fit rounded-sm font-semibold">The least that the credentials must be allowed</summary>
          <div className="mt-3">
            <PolicyBlock policy={policy} />
          </div>
        </details>
      )}
    </div>
  );
}

const titles: Record<string, string> = {
  host: "Host",
  accessKey: "Access key ID",
  secretKey: "Secret access key",
  session_token: "Session token",
  role_arn: "Role to assume",
  access_token: "Access token",
  image: "Image",
  network: "Network",
  subnet: "Subnet",
  disk_gib: "Disk in GiB",
  key: "Client key",
};

function Settings({ provider: { meta, createdAt, alias } }: { provider: ProviderView }) {
  const settings = Object.entries(meta).filter(([name]) => !["origin", "ca", "cert"].includes(name));
  return (
    <Section title="Settings">
      <Card>
        <dl className="divide-y divide-line">
          {settings.map(([name, value]) => (
            <div key={name} className="flex flex-wrap gap-x-4 px-5 py-2.5">
              <dt className="w-40 text-ink-soft">{titles[name] ?? name}</dt>
              <dd className="min-w-0 break-all font-mono text-xs leading-5">{value}</dd>
            </div>
          ))}
          <div className="flex flex-wrap gap-x-4 px-5 py-2.5">
            <dt className="w-40 text-ink-soft">Name in answers</dt>
            <dd className="min-w-0 break-all font-mono text-xs leading-5">{alias}</dd>
          </div>
          <div className="flex flex-wrap gap-x-4 px-5 py-2.5">
            <dt className="w-40 text-ink-soft">Added</dt>
            <dd>
              <RelativeTime at={createdAt.toISOString()} />
            </dd>
          </div>
        </dl>
      </Card>
    </Section>
  );
}
