import { Ticket } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AddTokenForm } from "#components/tokens/add-token-form.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { listTokens } from "#lib/domain/tokens/list.ts";
import { includesRole, roles } from "#lib/model/roles.ts";
import { addToken, revokeToken } from "./actions.ts";

export const metadata: Metadata = { title: "API tokens" };

const when = (at: Date | null, never: string) => (at ? <RelativeTime at={at.toISOString()} /> : never);

export default async function TokensPage() {
  const ctx = await pageContext("/dashboard/tokens");
  const tokens = await listTokens(ctx, { limit: 500 });
  const seesAll = includesRole(ctx.role, "admin");
  return (
    <>
      <PageHeader
        title="API tokens"
        lead="A script sends one as Authentication-Token, and may do what its role may. Only a hash of it is kept."
      />
      <div className="flex flex-col gap-6">
        {tokens.length === 0 ? (
          <EmptyState icon={<Ticket aria-hidden />} title="No token yet">
            Make one below, and everything in this dashboard can be done by curl as well.
          </EmptyState>
        ) : (
          <Table caption="API tokens">
            <thead>
              <tr>
                <HeadCell>Name</HeadCell>
                {seesAll && <HeadCell className="hidden md:table-cell">Whose</HeadCell>}
                <HeadCell>May</HeadCell>
                <HeadCell className="hidden sm:table-cell">Last used</HeadCell>
                <HeadCell className="hidden sm:table-cell">Expires</HeadCell>
                <HeadCell>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <Row key={token.id}>
                  <Cell className="font-medium">{token.name}</Cell>
                  {seesAll && (
                    <Cell className="hidden max-w-48 truncate text-ink-soft md:table-cell" title={token.owner}>
                      {token.owner}
                    </Cell>
                  )}
                  <Cell className="text-ink-soft">
                    <span className="capitalize">{token.role}</span>
                    {token.scopes && <span className="block text-ink-faint text-xs">{token.scopes.join(", ")}</span>}
                  </Cell>
                  <Cell className="hidden text-ink-soft sm:table-cell">{when(token.lastUsedAt, "never")}</Cell>
                  <Cell className="hidden text-ink-soft sm:table-cell">{when(token.expiresAt, "never")}</Cell>
                  <Cell className="w-0 py-1.5 text-right">
                    <RemoveButton verb="Revoke" what={`token ${token.name}`} remove={revokeToken.bind(null, token.id)}>
                      Whatever uses this token is refused from the next request on. This cannot be undone.
                    </RemoveButton>
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
        <Card>
          <AddTokenForm add={addToken} roles={roles.filter((role) => includesRole(ctx.role, role))} />
        </Card>
      </div>
    </>
  );
}
