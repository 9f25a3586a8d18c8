"use client";

import { Play, Square, Trash2 } from "lucide-react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { EnvironmentActs } from "./acts.ts";
import { DeletionWarning, deletionVerb } from "./deletion-warning.tsx";
import type { LiveEnvironment } from "./live-environment.ts";
import { ProtectedNote } from "./protected-note.tsx";

type ActionsProps = {
  id: string;
  name: string;
  environment: LiveEnvironment;
  acts: EnvironmentActs;
  refresh: () => void;
};

/** Stop or start, and delete; nothing once it is being deleted. */
export function EnvironmentActions({ id, name, environment, acts, refresh }: ActionsProps) {
  const { wish, nodes } = environment;
  if (wish === "delete") return null;
  const then = (act: () => Promise<string | undefined>) => async () => {
    const refused = await act();
    refresh();
    return refused;
  };
  return (
    <>
      {wish === "run" ? (
        <ConfirmButton
          title={`Stop ${name}?`}
          confirm="Stop all servers"
          onConfirm={then(acts.stop)}
          trigger={
            <>
              <Square className="size-3.5" aria-hidden />
              Stop
            </>
          }
        >
          <p>
            {count(nodes.length)} shut down. Disks and what is on them are kept; public addresses may change when it
            starts again, and some clouds bill for stopped servers too.
          </p>
        </ConfirmButton>
      ) : (
        <ConfirmButton
          title={`Start ${name}?`}
          confirm="Start all servers"
          onConfirm={then(acts.start)}
          trigger={
            <>
              <Play className="size-3.5" aria-hidden />
              Start
            </>
          }
        >
          <p>{count(nodes.length)} started again, with what is on their disks.</p>
        </ConfirmButton>
      )}
      {environment.protected ? (
        <ProtectedNote id={id} name={name} />
      ) : (
        <ConfirmButton
          title={`Delete ${name}?`}
          confirm={deletionVerb(nodes)}
          danger
          onConfirm={then(acts.remove)}
          trigger={
            <>
              <Trash2 className="size-3.5" aria-hidden />
              Delete
            </>
          }
        >
          <DeletionWarning nodes={nodes} />
        </ConfirmButton>
      )}
    </>
  );
}

const count = (servers: number) => (servers === 1 ? "1 server is" : `${servers} servers are`);
