"use client";

import { type ReactNode, useActionState, useId } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";

type OfferProps = {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  button: string;
  accept: () => Promise<string | undefined>;
};

/** A provider that can be had with one click. */
export function OfferCard({ icon, title, children, button, accept }: OfferProps) {
  const [problem, submit] = useActionState(() => accept().catch(sayUnanswered), undefined);
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-lg border border-accent/40 bg-accent-soft p-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="grid size-10 place-items-center rounded-full bg-surface text-accent">{icon}</div>
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          <p className="break-words text-ink-soft">{children}</p>
        </div>
        <form action={submit}>
          <SubmitButton>{button}</SubmitButton>
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
