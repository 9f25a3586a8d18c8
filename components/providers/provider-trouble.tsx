import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ProviderView } from "#lib/domain/providers/view.ts";
import { CheckButton } from "./check-button.tsx";
import { PolicyBlock } from "./policy-block.tsx";

type TroubleProps = {
  provider: ProviderView;
  policy: object | null;
  /** Tries the credentials again; absent where the asker may not. */
  check: (() => Promise<string | undefined>) | undefined;
};

/** What keeps a provider from working, and the next step; where nothing does, a way to try it. */
export function ProviderTrouble({ provider, policy, check }: TroubleProps) {
  const { trouble, missingPermissions, throttledUntil } = provider;
  return (
    <div className="flex flex-col gap-3">
      {trouble && (
        <Notice tone="bad">
          The cloud refuses these credentials: {trouble} Its environments keep their last known state, and nothing is
          deleted. New ones, given under Credentials, let them go on.
        </Notice>
      )}
      {throttledUntil && (
        <Notice tone="warn">
          The cloud asks for a pause, because too much was asked of it. CloudHero goes on{" "}
          <RelativeTime at={throttledUntil.toISOString()} />, by itself.
        </Notice>
      )}
      {missingPermissions.length > 0 && (
        <Notice tone="warn">
          <p className="font-medium">The credentials are not allowed what CloudHero needs:</p>
          <ul className="mt-1 font-mono text-xs">
            {missingPermissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
          {policy && (
            <details className="group mt-2">
              <summary className="w-fit rounded-sm underline">What to allow them, ready to paste</summary>
              <div className="mt-2">
                <PolicyBlock policy={policy} label="missing" />
              </div>
            </details>
          )}
        </Notice>
      )}
      {check && (
        <div className="flex flex-wrap items-center gap-3">
          <CheckButton check={check} />
          <p className="text-ink-faint text-xs">One cheap call to the cloud; nothing is made there.</p>
        </div>
      )}
    </div>
  );
}
