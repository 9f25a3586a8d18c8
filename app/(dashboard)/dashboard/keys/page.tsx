import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AddKeyForm } from "#components/keys/add-key-form.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { listKeys } from "#lib/domain/keys/list.ts";
import { includesRole } from "#lib/model/roles.ts";
import { addKey, removeKey } from "./actions.ts";

export const metadata: Metadata = { title: "SSH keys" };

export default async function KeysPage() {
  const ctx = await pageContext("/dashboard/keys");
  const keys = await listKeys(ctx, { limit: 500 });
  const mayChange = includesRole(ctx.role, "operator");
  return (
    <>
      <PageHeader
        title="SSH keys"
        lead="Whoever holds one of these keys may log in as cloudhero on servers that are made or changed from now on."
      />
      <div className="flex flex-col gap-6">
        {keys.length === 0 ? (
          <EmptyState icon={<KeyRound aria-hidden />} title="No key yet">
            Add your public key before you make an environment, and each of its servers takes you in over SSH.
          </EmptyState>
        ) : (
          <Table caption="SSH keys">
            <thead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell className="hidden sm:table-cell">Fingerprint</HeadCell>
                <HeadCell>Added</HeadCell>
                <HeadCell>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <Row key={key.id}>
                  <Cell className="font-medium">{key.name}</Cell>
                  <Cell className="hidden break-all font-mono text-ink-soft text-xs sm:table-cell">
                    {key.fingerprint}
                  </Cell>
                  <Cell className="text-ink-soft">
                    <RelativeTime at={key.createdAt.toISOString()} />
                  </Cell>
                  <Cell className="w-0 py-1.5 text-right">
                    {mayChange && (
                      <RemoveButton what={`key ${key.name}`} remove={removeKey.bind(null, key.id)}>
                        Servers made from now on will not take this key. Those that run keep it until they are changed.
                      </RemoveButton>
                    )}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
        {mayChange && (
          <Card>
            <AddKeyForm add={addKey} />
          </Card>
        )}
      </div>
    </>
  );
}
