import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { OrLine, ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { TextLink } from "#components/auth/text-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { visitorOf } from "#lib/api/visitor.ts";
import { loginProviders } from "#lib/auth/login-providers.ts";
import { config } from "#lib/config.ts";
import { isRegistrationOpen } from "#lib/domain/accounts/register.ts";
import { signUp } from "./actions.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  if (await visitorContext()) redirect("/dashboard");
  const providers = loginProviders(config().logins);
  const byInvitation = !(await isRegistrationOpen(visitorOf(await headers())));
  return (
    <AuthCard
      title="Create an account"
      lead={byInvitation ? undefined : "For you and your team: more people join by invitation."}
      footer={
        <>
          Have an account? <TextLink href="/login">Log in</TextLink>
        </>
      }
    >
      {byInvitation ? (
        <Notice>Accounts are made by invitation here: ask an admin of your team for one.</Notice>
      ) : (
        <>
          {providers.length > 0 && (
            <>
              <ProviderButtons providers={providers} next="/dashboard" />
              <OrLine />
            </>
          )}
          <SignUpForm signUp={signUp} />
        </>
      )}
    </AuthCard>
  );
}
