"use client";

import { Pause, Play, RotateCw, ScrollText, Square, SquareTerminal, Trash2 } from "lucide-react";
import Link from "next/link";
import { ActButton } from "#components/ui/act-button.tsx";
import { buttonClass } from "#components/ui/button-look.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import { RemoveContainer } from "./remove-container.tsx";

type Acted = { id: string; name: string; state: string; service: string | null };
type ActionsProps = {
  own: string;
  container: Acted;
  /** Absent where the asker may only look. */
  act: ((wish: DockerAct) => Promise<string | undefined>) | undefined;
  /** With words, and with those that a list has no room for. */
  full?: boolean;
  /** Instead of `act` for what ends the page. */
  leave?: (wish: DockerAct) => Promise<string | undefined>;
};

/** What can be done with a container in its state. */
export function ContainerActions({ own, container, act, full, leave }: ActionsProps) {
  const { id, name, state, service } = container;
  const runs = state === "running" || state === "restarting";
  const look = full ? ({} as const) : ({ variant: "ghost", size: "icon" } as const);
  const word = (text: string) => (full ? text : null);
  const linked = buttonClass(full ? {} : { variant: "ghost", size: "icon" });
  return (
    <span className={`inline-flex items-center ${full ? "flex-wrap gap-2" : "gap-0.5"}`}>
      <Link
        href={`${own}/containers/${id}/logs?name=${encodeURIComponent(name)}`}
        className={linked}
        aria-label={`Logs of ${name}`}
      >
        <ScrollText className="size-4" aria-hidden />
        {word("Logs")}
      </Link>
      {act && runs && (
        <Link
          href={`${own}/containers/${id}/terminal?name=${encodeURIComponent(name)}`}
          className={linked}
          aria-label={`Terminal in ${name}`}
        >
          <SquareTerminal className="size-4" aria-hidden />
          {word("Terminal")}
        </Link>
      )}
      {act && state === "paused" && (
        <ActButton
          {...look}
          aria-label={`Resume ${name}`}
          title={`${name} was not resumed`}
          act={() => act({ do: "unpause", id })}
        >
          <Play className="size-4" aria-hidden />
          {word("Resume")}
        </ActButton>
      )}
      {act && ["exited", "created", "dead"].includes(state) && (
        <ActButton
          {...look}
          aria-label={`Start ${name}`}
          title={`${name} was not started`}
          act={() => act({ do: "start", id })}
        >
          <Play className="size-4" aria-hidden />
          {word("Start")}
        </ActButton>
      )}
      {act && runs && (
        <>
          <ConfirmButton
            {...look}
            aria-label={`Restart ${name}`}
            title={`Restart ${name}?`}
            confirm="Restart"
            onConfirm={() => act({ do: "restart", id })}
            trigger={
              <>
                <RotateCw className="size-4" aria-hidden />
                {word("Restart")}
              </>
            }
          >
            <p>Its process is asked to end, killed after ten seconds, and started again. Its files stay.</p>
          </ConfirmButton>
          <ConfirmButton
            {...look}
            aria-label={`Stop ${name}`}
            title={`Stop ${name}?`}
            confirm="Stop"
            onConfirm={() => act({ do: "stop", id })}
            trigger={
              <>
                <Square className="size-4" aria-hidden />
                {word("Stop")}
              </>
            }
          >
            <p>
              Its process is asked to end, and killed after ten seconds. Its files stay, and it can be started again.
            </p>
            {service && <p>It is a task of the service {service}: the swarm starts another in its place.</p>}
          </ConfirmButton>
          {full && (
            <ConfirmButton
              title={`Pause ${name}?`}
              confirm="Pause"
              onConfirm={() => act({ do: "pause", id })}
              trigger={
                <>
                  <Pause className="size-4" aria-hidden />
                  Pause
                </>
              }
            >
              <p>Its processes are frozen where they are, and keep their memory. Connections to it wait, or run out.</p>
            </ConfirmButton>
          )}
        </>
      )}
      {act && (
        <RemoveContainer container={container} full={full} remove={leave ?? act}>
          <Trash2 className="size-4" aria-hidden />
          {word("Remove")}
        </RemoveContainer>
      )}
    </span>
  );
}
