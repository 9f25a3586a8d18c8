"use client";

import { ActButton } from "#components/ui/act-button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { DockerAct } from "#lib/console/acts.ts";

type AvailabilityProps = {
  id: string;
  name: string;
  availability: string;
  act: (wish: DockerAct) => Promise<string | undefined>;
};

/** Takes a node out of service, or back into it. */
export function NodeAvailability({ id, name, availability, act }: AvailabilityProps) {
  if (availability !== "active")
    return (
      <ActButton
        size="small"
        title={`${name} was not activated`}
        act={() => act({ do: "set availability", id, availability: "active" })}
      >
        Take tasks again
      </ActButton>
    );
  return (
    <ConfirmButton
      size="small"
      title={`Drain ${name}?`}
      confirm="Drain"
      onConfirm={() => act({ do: "set availability", id, availability: "drain" })}
      trigger="Drain"
    >
      <p>
        The swarm ends the tasks of services on {name} and starts them on other nodes, where there is room and their
        constraints allow. Containers that are no service’s keep running, and volumes stay on {name}.
      </p>
    </ConfirmButton>
  );
}
