import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Found, Verb } from "./commands.ts";

const timeoutMs = 20_000;

type AskProps = { verb: Verb; environment: Found; onBack: () => void; onDone: () => void };

/** Stopping and starting is asked about first; a refusal stays to be read. Done, the environment's page shows it move. */
export function AskFirst({ verb, environment, onBack, onDone }: AskProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const act = () =>
    startTransition(async () => {
      const refused = await send(verb.word, environment.id);
      setProblem(refused);
      if (refused) return;
      onDone();
      router.push(`/dashboard/environments/${environment.id}`);
      router.refresh();
    });
  const { name, servers } = environment;
  const all = servers === 1 ? "1 server is" : `${servers} servers are`;
  return (
    <div className="flex flex-col gap-4 p-5">
      <h2 className="font-semibold text-base">
        {verb.label} {name}?
      </h2>
      <p className="text-ink-soft">
        {verb.word === "stop"
          ? `${all} shut down. Disks and what is on them are kept; public addresses may change when it starts again, and some clouds bill for stopped servers too.`
          : `${all} started again, with what is on their disks.`}
      </p>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Cancel</Button>
        <Button variant="primary" onClick={act} disabled={busy} aria-busy={busy} autoFocus>
          {verb.label} all servers
        </Button>
      </div>
    </div>
  );
}

/** Answers why it was refused, or nothing. */
async function send(word: string, id: string): Promise<string | undefined> {
  try {
    const response = await fetch(`/environments/${id}/${word}`, {
      method: "POST",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return;
    const { errors } = (await response.json()) as { errors?: { message: string }[] };
    return errors?.[0]?.message ?? "It was refused.";
  } catch {
    return "CloudHero did not answer: check the connection, then look at the environment before you try again.";
  }
}
