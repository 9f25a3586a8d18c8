"use client";

import { Container } from "lucide-react";
import { useActionState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type OfferProps = { host: string; accept: () => Promise<string | undefined> };

/** This machine's own Docker engine, added with one click. */
export function DockerOffer({ host, accept }: OfferProps) {
  const [problem, submit] = useActionState(accept, undefined);
  return (
    <section aria-labelledby="docker-offer" className="rounded-lg border border-accent/40 bg-accent-soft p-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="grid size-10 place-items-center rounded-full bg-surface text-accent">
          <Container className="size-5" aria-hidden />
        </div>
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="docker-offer" className="font-semibold">
            Docker runs on this machine
          </h2>
          <p className="break-words text-ink-soft">
            Make the engine at {host} a provider: its servers are containers, up in seconds, and cost nothing.
          </p>
        </div>
        <form action={submit}>
          <SubmitButton>Use this engine</SubmitButton>
        </form>
      </div>
      {problem && (
        <div className="mt-3">
          <Notice tone="bad">{problem}</Notice>
        </div>
      )}
    </section>
  );
}
