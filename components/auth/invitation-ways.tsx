import type { FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { LoginProvider } from "#lib/auth/login-providers.ts";
import { AcceptButton } from "./accept-button.tsx";
import { AcceptForm } from "./accept-form.tsx";
import { LogOutButton } from "./log-out-button.tsx";
import { OrLine, ProviderButtons } from "./provider-buttons.tsx";

type InvitationWaysProps = {
  email: string;
  organisation: string;
  /** The invitation's own path. */
  here: string;
  /** Who has logged in, if anybody. */
  asker: string | null;
  hasAccount: boolean;
  hasPassword: boolean;
  providers: readonly LoginProvider[];
  acceptAsMyself: () => Promise<string | undefined>;
  acceptAsGuest: (form: FormData) => Promise<FormState>;
  /** Goes into the organisation, once one is logged in. */
  enter: () => Promise<void>;
};

/** How the one who looks at an invitation can accept it. */
export function InvitationWays({ email, organisation, here, asker, acceptAsMyself, ...ways }: InvitationWaysProps) {
  if (asker === email) return <AcceptButton accept={acceptAsMyself} organisation={organisation} />;
  if (asker !== null)
    return (
      <Notice tone="warn" actions={<LogOutButton next={here} />}>
        You are logged in as {asker}. This invitation is for another address: log out to accept it.
      </Notice>
    );
  const byPassword = ways.hasPassword || !ways.hasAccount;
  return (
    <>
      {ways.providers.length > 0 && <ProviderButtons providers={ways.providers} next={here} />}
      {ways.providers.length > 0 && byPassword && <OrLine />}
      {byPassword && (
        <AcceptForm accept={ways.acceptAsGuest} enter={ways.enter} email={email} hasAccount={ways.hasAccount} />
      )}
    </>
  );
}
