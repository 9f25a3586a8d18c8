import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Endpoint } from "#lib/providers/provider.ts";

/** Where a node's ports are really reached; ssh has a line of its own. */
export function NodeEndpoints({ endpoints }: { endpoints: Record<string, Endpoint> }) {
  const named = Object.entries(endpoints).filter(([name]) => name !== "ssh");
  if (named.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs">
      {named.map(([name, { host, port }]) => (
        <div key={name} className="flex min-w-0 items-center gap-2">
          <dt className="text-ink-faint">{name}</dt>
          <dd className="flex min-w-0 items-center font-mono text-ink-soft">
            <span className="break-all">{`${host}:${port}`}</span>
            <CopyButton text={`${host}:${port}`} label={`Copy the address of ${name}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
