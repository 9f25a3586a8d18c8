import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { LogInForm } from "#components/auth/log-in-form.tsx";
import { OrLine, ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { refusalOf } from "#components/auth/refusals.ts";
import { safePath } from "#components/auth/safe-path.ts";
import { TextLink } from "#components/auth/text-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { loginProviders } from "#lib/auth/login-providers.ts";
import { config } from "#lib/config.ts";

export const metadata: Metadata = { title: "Log in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function LogInPage({ searchParams }: { searchParams: Search }) {
  const { next, refused, error } = await searchParams;
  const path = safePath(typeof next === "string" ? next : undefined);
  if (await visitorContext()) redirect(path);
  const providers = loginProviders(config().logins);
  const refusal = refusalOf(refused, error);
  return (
    <AuthCard
      title="Log in"
      footer={
        <>
          No account yet? <TextLink href="/signup">Sign up</TextLink>
        </>
      }
    >
      {refusal && (
        <div className="mb-4">
          <Notice tone="bad">{refusal}</Notice>
        </div>
      )}
      {providers.length > 0 && (
        <>
          <ProviderButtons providers={providers} next={path} />
          <OrLine />
        </>
      )}
      <LogInForm next={path} />
    </AuthCard>
  );
}
