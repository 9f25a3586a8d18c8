"use client";

import { type ReactNode, useState } from "react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { DockerAct } from "#lib/console/acts.ts";

type RemoveProps = {
  container: { id: string; name: string; state: string; service: string | null };
  full?: boolean;
  remove: (wish: DockerAct) => Promise<string | undefined>;
  children: ReactNode;
};

/** Removes a container after saying what goes with it; its unnamed volumes go where that is asked for. */
export function RemoveContainer({ container: { id, name, state, service }, full, remove, children }: RemoveProps) {
  const [volumes, setVolumes] = useState(false);
  return (
    <ConfirmButton
      {...(full ? {} : ({ variant: "ghost", size: "icon" } as const))}
      aria-label={`Remove ${name}`}
      title={`Remove ${name}?`}
      confirm="Remove"
      danger
      onConfirm={() => remove({ do: "remove container", id, volumes })}
      trigger={children}
    >
      <p>
        {state === "running" && "It runs: it is killed first. "}
        What was written inside it, outside of volumes, is lost, and its logs are. Its image and named volumes stay.
      </p>
      {service && <p>It is a task of the service {service}: the swarm makes another in its place.</p>}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={volumes}
          onChange={(event) => setVolumes(event.target.checked)}
          className="size-4 accent-accent"
        />
        Remove its unnamed volumes too, with what is in them
      </label>
    </ConfirmButton>
  );
}
