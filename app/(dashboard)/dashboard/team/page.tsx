import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { InvitationTable } from "#components/team/invitation-table.tsx";
import { InviteForm } from "#components/team/invite-form.tsx";
import { MemberTable } from "#components/team/member-table.tsx";
import { RenameOrganisation } from "#components/team/rename-organisation.tsx";
import { RoleTable } from "#components/team/role-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { config } from "#lib/config.ts";
import { listInvitations } from "#lib/domain/invitations/list.ts";
import { listMembers } from "#lib/domain/members/list.ts";
import { includesRole, roles } from "#lib/model/roles.ts";
import { changeRole, invite, remove, rename, resend, transfer, withdraw } from "./actions.ts";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage() {
  const ctx = await pageContext("/dashboard/team");
  const mayInvite = includesRole(ctx.role, "admin");
  const [members, invitations] = await Promise.all([
    listMembers(ctx),
    mayInvite ? listInvitations(ctx, { limit: 500 }) : [],
  ]);
  const mayGive = roles.filter((role) => includesRole(ctx.role, role));
  return (
    <>
      <PageHeader
        title="Team"
        lead={`Who belongs to ${ctx.organisation.name}, and what each may do.`}
        actions={ctx.role === "owner" && <RenameOrganisation name={ctx.organisation.name} rename={rename} />}
      />
      <div className="flex flex-col gap-8">
        <Section title="Members">
          <MemberTable
            members={members}
            asker={{ id: ctx.user.id, role: ctx.role, organisation: ctx.organisation.name }}
            acts={{ changeRole, remove, transfer }}
          />
        </Section>
        {mayInvite && (
          <Section title="Invitations">
            <Card>
              <InviteForm invite={invite} roles={mayGive} mails={config().smtpUrl !== undefined} />
            </Card>
            <InvitationTable invitations={invitations} resend={resend} withdraw={withdraw} mayGive={mayGive} />
          </Section>
        )}
        <Section title="Roles">
          <RoleTable own={ctx.role} />
        </Section>
      </div>
    </>
  );
}
