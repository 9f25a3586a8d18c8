import type { Metadata } from "next";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { ForgotPasswordForm } from "#components/auth/forgot-password-form.tsx";
import { TextLink } from "#components/auth/text-link.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { config } from "#lib/config.ts";
import { operatorsCommand } from "#lib/domain/accounts/forgot-password.ts";
import { askForReset } from "./actions.ts";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgotPasswordPage() {
  const mails = config().smtpUrl !== undefined;
  return (
    <AuthCard
      title="Forgotten your password?"
      lead={mails ? "A link to choose a new one comes by mail." : undefined}
      footer={<TextLink href="/login">Back to log-in</TextLink>}
    >
      {mails ? (
        <ForgotPasswordForm ask={askForReset} />
      ) : (
        <div className="flex flex-col gap-3 text-ink-soft">
          <p>
            This CloudHero sends no mail. Whoever runs it can set a new password for you, on its machine and in its
            folder:
          </p>
          <CopyLine text={operatorsCommand} label="Copy command" />
          <p>Your sessions end with the old password; environments run on.</p>
        </div>
      )}
    </AuthCard>
  );
}
