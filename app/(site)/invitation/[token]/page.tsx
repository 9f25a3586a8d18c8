import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { enter } from "#app/(dashboard)/dashboard/account/actions.ts";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { InvitationWays } from "#components/auth/invitation-ways.tsx";
import { TextLink } from "#components/auth/text-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { visitorOf } from "#lib/api/visitor.ts";
import { loginProviders } from "#lib/auth/login-providers.ts";
import { config } from "#lib/config.ts";
import { isAcceptedByMyself, previewInvitation } from "#lib/domain/invitations/find.ts";
import { AppError } from "#lib/errors.ts";
import { roleWords } from "#lib/model/roles.ts";
import { acceptAsGuest, acceptAsMyself } from "./actions.ts";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const visitor = visitorOf(new Headers(await headers()));
  const found = await previewInvitation(visitor, token).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return error.message;
    throw error;
  });
  const ctx = await visitorContext();
  if (typeof found === "string" && ctx && (await isAcceptedByMyself(ctx, token))) redirect("/dashboard");
  if (typeof found === "string")
    return (
      <AuthCard title="This invitation is not open" footer={<TextLink href="/login">Log in</TextLink>}>
        <Notice tone="warn">{found}</Notice>
      </AuthCard>
    );
  const { organisation, inviter, email, role } = found;
  return (
    <AuthCard
      title={`Join ${organisation.name}`}
      lead={
        <>
          {inviter} invites <span className="break-words font-medium text-ink">{email}</span> to be{" "}
          {role === "viewer" ? "a" : "an"} <span className="font-medium text-ink">{role}</span>. {roleWords[role]}
        </>
      }
    >
      <InvitationWays
        email={email}
        organisation={organisation.name}
        here={`/invitation/${token}`}
        asker={ctx?.user.email.toLowerCase() ?? null}
        hasAccount={found.hasAccount}
        hasPassword={found.hasPassword}
        providers={loginProviders(config().logins)}
        acceptAsMyself={acceptAsMyself.bind(null, token)}
        acceptAsGuest={acceptAsGuest.bind(null, token)}
        enter={enter.bind(null, organisation.id)}
      />
    </AuthCard>
  );
}
