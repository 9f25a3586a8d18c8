import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ChangeProviderForm } from "#components/providers/change-provider-form.tsx";
import { RemoveProvider } from "#components/providers/remove-provider.tsx";
import { Card } from "#components/ui/card.tsx";
import { Section } from "#components/ui/section.tsx";
import { environmentsOfProvider } from "#lib/domain/environments/get.ts";
import { includesRole } from "#lib/model/roles.ts";
import { changeProvider, removeProviderForGood } from "../../actions.ts";
import { readProvider } from "../read.ts";

export const metadata: Metadata = { title: "Credentials" };

/** Environments that are named as standing against a removal. */
const shown = 20;

type Props = { params: Promise<{ id: string }> };

export default async function ProviderSettingsPage({ params }: Props) {
  const { id } = await params;
  const { ctx, provider } = await readProvider(id);
  if (!includesRole(ctx.role, "admin")) redirect(`/dashboard/providers/${id}`);
  const users = await environmentsOfProvider(ctx, id, shown);
  const { name, type, meta, simulated } = provider;
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Section title={simulated ? "Rename" : "Rotate credentials, or rename"}>
        <Card>
          <ChangeProviderForm
            type={type}
            name={name}
            meta={meta}
            fixed={simulated}
            change={changeProvider.bind(null, id)}
          />
        </Card>
      </Section>
      <Section title="Remove">
        <Card className="flex flex-col gap-3 border-bad/40 p-5">
          {users.length > 0 ? (
            <>
              <p>
                It cannot be removed while environments use it: their servers could not be reached any more. Delete
                these first{users.length === shown ? ", and what comes after them" : ""}:
              </p>
              <ul className="flex flex-wrap gap-x-4 gap-y-1">
                {users.map((user) => (
                  <li key={user.id}>
                    <Link
                      href={`/dashboard/environments/${user.id}`}
                      className="rounded-sm font-medium hover:underline"
                    >
                      {user.name}
                    </Link>{" "}
                    <span className="text-ink-faint">{user.applicationName}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <>
              <p>
                CloudHero forgets this account and its key. Nothing in the cloud is touched;{" "}
                <Link href={`/dashboard/providers/${id}/orphans`} className="rounded-sm font-medium underline">
                  look for orphans
                </Link>{" "}
                first, because nobody finds them afterwards.
              </p>
              <div>
                <RemoveProvider name={name} remove={removeProviderForGood.bind(null, id)} />
              </div>
            </>
          )}
        </Card>
      </Section>
    </div>
  );
}
