import type { Metadata } from "next";
import { headers } from "next/headers";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { ResetPasswordForm } from "#components/auth/reset-password-form.tsx";
import { TextLink } from "#components/auth/text-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { visitorOf } from "#lib/api/visitor.ts";
import { previewReset } from "#lib/domain/accounts/reset-password.ts";
import { AppError } from "#lib/errors.ts";
import { chooseNewPassword } from "./actions.ts";

export const metadata: Metadata = { title: "New password", robots: { index: false } };

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const visitor = visitorOf(new Headers(await headers()));
  const found = await previewReset(visitor, token).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return error.message;
    throw error;
  });
  if (typeof found === "string")
    return (
      <AuthCard title="This link does not work any more" footer={<TextLink href="/login">Back to log-in</TextLink>}>
        <div className="flex flex-col gap-4">
          <Notice tone="warn">{found}</Notice>
          <p>
            <TextLink href="/forgot-password">Ask for another link</TextLink>
          </p>
        </div>
      </AuthCard>
    );
  return (
    <AuthCard title="Choose a new password" lead={`For ${found.email}. You are logged out everywhere else.`}>
      <ResetPasswordForm choose={chooseNewPassword.bind(null, token)} email={found.email} />
    </AuthCard>
  );
}
