"use client";

import { CopyLine } from "#components/ui/copy-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { NodeCredential } from "#lib/domain/environments/credentials.ts";
import type { EnvironmentActs } from "./acts.ts";

export type Found = Awaited<ReturnType<EnvironmentActs["credentials"]>>;
type DialogProps = { node: string; open: boolean; found: Found | undefined; onClose: () => void };

/** The generated passwords of a node; `found` is undefined while they are fetched. */
export default function CredentialsDialog({ node, open, found, onClose }: DialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Credentials of ${node}`} wide>
      {!found && <p className="text-ink-faint">Unsealing …</p>}
      {found?.problem && <Notice tone="bad">{found.problem}</Notice>}
      {found && !found.problem && found.credentials.length === 0 && (
        <p>They are made when the packages are installed.</p>
      )}
      {found?.credentials.map((credential) => (
        <Credential key={credential.package} credential={credential} />
      ))}
      <p className="text-ink-faint text-xs">Each look is noted in the audit log.</p>
    </Dialog>
  );
}

function Credential({ credential }: { credential: NodeCredential }) {
  const { username, password, database, connectionString, internalConnectionString } = credential;
  const lines = [
    ["User", username],
    ["Password", password],
    ["Database", database],
    ["From outside", connectionString],
    ["From the other nodes", internalConnectionString],
  ] as const;
  return (
    <section>
      <h3 className="mb-2 font-semibold">{credential.package}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {lines.map(([name, text]) =>
          text ? (
            <div key={name} className="contents">
              <dt className="text-ink-soft text-xs">{name}</dt>
              <dd>
                <CopyLine text={text} label={`Copy ${name.toLowerCase()}`} />
              </dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
