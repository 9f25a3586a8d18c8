"use client";

import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { EnvironmentActs } from "./acts.ts";
import type { LiveNode } from "./live-environment.ts";

type TroubleProps = { node: LiveNode; retry: EnvironmentActs["retry"] | undefined; refresh: () => void };

const drifts: Record<string, string> = {
  missing: "The server was removed behind CloudHero’s back. A new one would be empty.",
  stopped: "The server was stopped behind CloudHero’s back.",
};

/** Why a node failed or is not as wished, with what can be done about it. */
export function NodeTrouble({ node, retry, refresh }: TroubleProps) {
  const [refused, setRefused] = useState<string>();
  const [busy, startTransition] = useTransition();
  const { name, drift, state, error } = node;
  const message = drift ? (drifts[drift] ?? error ?? drift) : error;
  if (!message || (state !== "failed" && !drift && !error)) return null;
  const isMissing = drift === "missing";
  const act = async (remake: boolean) => {
    const problem = await retry?.(name, remake).catch(sayUnanswered);
    refresh();
    return problem;
  };
  const again = () =>
    startTransition(async () => {
      setRefused(await act(isMissing));
    });
  const isStuck = state === "failed" || (drift !== null && drift !== "untagged");
  const actions = retry && isStuck && (
    <>
      <Button size="small" onClick={again} disabled={busy} aria-busy={busy}>
        {isMissing ? "Make it again" : drift === "stopped" ? "Start it" : "Retry"}
      </Button>
      {!isMissing && (
        <ConfirmButton
          size="small"
          title={`Make ${name} again?`}
          confirm="Destroy and make again"
          danger
          onConfirm={() => act(true)}
          trigger="New server"
        >
          <p>The server {name} is destroyed with all that is on its disk, and a new, empty one is made in its place.</p>
        </ConfirmButton>
      )}
    </>
  );
  return (
    <Notice tone={state === "failed" ? "bad" : "warn"} actions={actions}>
      <p className="whitespace-pre-wrap">{message}</p>
      {refused && <p className="mt-1 font-medium text-bad">{refused}</p>}
    </Notice>
  );
}
