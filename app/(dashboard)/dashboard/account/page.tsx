import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { Connections } from "#components/account/connections.tsx";
import { NameForm } from "#components/account/name-form.tsx";
import { OrganisationTable } from "#components/account/organisation-table.tsx";
import { PasswordForm } from "#components/account/password-form.tsx";
import { SessionTable } from "#components/account/session-table.tsx";
import { refusalOf } from "#components/auth/refusals.ts";
import { Card } from "#components/ui/card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { loginProviders } from "#lib/auth/login-providers.ts";
import { config } from "#lib/config.ts";
import { whoAmI } from "#lib/domain/accounts/me.ts";
import { listSessions } from "#lib/domain/accounts/sessions.ts";
import { listOrganisations } from "#lib/domain/organisations/list.ts";
import { changeName, changePassword, disconnect, endSession, enter } from "./actions.ts";

export const metadata: Metadata = { title: "Your account" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AccountPage({ searchParams }: { searchParams: Search }) {
  const ctx = await pageContext("/dashboard/account");
  const { refused, error } = await searchParams;
  const [me, sessions, organisations] = await Promise.all([whoAmI(ctx), listSessions(ctx), listOrganisations(ctx)]);
  const providers = loginProviders(config().logins);
  const refusal = refusalOf(refused, error);
  return (
    <>
      <PageHeader title="Your account" lead={`${ctx.user.email}, in every organisation that you belong to.`} />
      <div className="flex flex-col gap-8">
        {refusal && <Notice tone="bad">{refusal}</Notice>}
        <Section title="Name">
          <Card>
            <NameForm name={ctx.user.name} change={changeName} />
          </Card>
        </Section>
        <Section title="Password">
          <Card>
            <PasswordForm hasPassword={me.hasPassword} email={ctx.user.email} change={changePassword} />
          </Card>
        </Section>
        {(providers.length > 0 || me.identities.length > 0) && (
          <Section title="Other log-ins">
            <Connections providers={providers} connected={me.identities} disconnect={disconnect} />
          </Section>
        )}
        <Section title="Organisations">
          <OrganisationTable organisations={organisations} enter={enter} />
        </Section>
        <Section title="Sessions">
          <SessionTable sessions={sessions} end={endSession} />
        </Section>
      </div>
    </>
  );
}
