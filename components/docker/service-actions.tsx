"use client";

import { RotateCw, Trash2, Undo2 } from "lucide-react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import type { ServiceDetail } from "#lib/console/services.ts";
import { counted } from "./sizes.ts";

type ActionsProps = {
  service: Pick<ServiceDetail, "id" | "name" | "running" | "hasPrevious" | "stack">;
  act: (wish: DockerAct) => Promise<string | undefined>;
  remove: () => Promise<string | undefined>;
};

/** Restart, roll back, remove. */
export function ServiceActions({ service: { id, name, running, hasPrevious, stack }, act, remove }: ActionsProps) {
  return (
    <span className="flex flex-wrap gap-2">
      <ConfirmButton
        title={`Restart ${name}?`}
        confirm="Restart all tasks"
        onConfirm={() => act({ do: "restart service", id })}
        trigger={
          <>
            <RotateCw className="size-4" aria-hidden />
            Restart
          </>
        }
      >
        <p>
          {counted(running, "task")} {running === 1 ? "is" : "are"} replaced, as the service’s update settings say;
          where they say nothing, one after another. What was written inside them, outside of volumes, is lost.
        </p>
      </ConfirmButton>
      {hasPrevious && (
        <ConfirmButton
          title={`Roll back ${name}?`}
          confirm="Roll back"
          onConfirm={() => act({ do: "roll back service", id })}
          trigger={
            <>
              <Undo2 className="size-4" aria-hidden />
              Roll back
            </>
          }
        >
          <p>The service becomes what it was before its last change: image, replicas, ports and all else.</p>
        </ConfirmButton>
      )}
      <ConfirmButton
        title={`Remove ${name}?`}
        confirm="Remove service"
        danger
        onConfirm={remove}
        trigger={
          <>
            <Trash2 className="size-4" aria-hidden />
            Remove
          </>
        }
      >
        <p>
          Its {counted(running, "running task")} {running === 1 ? "ends" : "end"}, and what was written inside, outside
          of volumes, is lost. Volumes, configs, secrets and networks stay.
        </p>
        {stack && <p>It belongs to the stack {stack}: deploying that stack’s file again brings it back.</p>}
      </ConfirmButton>
    </span>
  );
}
