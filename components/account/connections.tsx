import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { Card } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import type { LoginProvider } from "#lib/auth/login-providers.ts";

type ConnectionsProps = {
  providers: readonly LoginProvider[];
  connected: readonly { provider: string; createdAt: Date }[];
  disconnect: (provider: string) => Promise<string | undefined>;
};

/** Where one may log in by beside the password. */
export function Connections({ providers, connected, disconnect }: ConnectionsProps) {
  const open = providers.filter(({ id }) => !connected.some(({ provider }) => provider === id));
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id;
  return (
    <Card className="flex flex-col gap-4 p-5">
      {connected.length > 0 && (
        <ul className="flex flex-col gap-2">
          {connected.map(({ provider, createdAt }) => (
            <li key={provider} className="flex items-center justify-between gap-3">
              <span>
                <span className="font-medium">{nameOf(provider)}</span>{" "}
                <span className="text-ink-soft">
                  connected <RelativeTime at={createdAt.toISOString()} />
                </span>
              </span>
              <RemoveButton verb="Disconnect" what={nameOf(provider)} remove={disconnect.bind(null, provider)}>
                You cannot log in by {nameOf(provider)} any more. Your account stays, and so does every other way into
                it.
              </RemoveButton>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <div className="max-w-xs">
          <ProviderButtons providers={open} next="/dashboard/account" verb="Connect" />
        </div>
      )}
    </Card>
  );
}
