import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { Notice } from "#components/ui/notice.tsx";

type CardProps = {
  id: string;
  title: string;
  /** What it is for. */
  lead: ReactNode;
  children: ReactNode;
  /** What stands below a line: buttons, and what came of them. */
  foot?: ReactNode;
  /** Why the last try was refused. */
  problem?: string;
};

/** One part of the settings, with a heading that a link can lead to. */
export function SettingsCard({ id, title, lead, children, foot, problem }: CardProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
      <Card>
        <div className="flex flex-col gap-4 p-5">
          <div>
            <h2 id={`${id}-title`} className="font-semibold">
              {title}
            </h2>
            <p className="mt-1 text-ink-soft">{lead}</p>
          </div>
          {children}
          {problem && <Notice tone="bad">{problem}</Notice>}
        </div>
        {foot && <div className="flex flex-wrap items-center gap-3 border-line border-t px-5 py-3">{foot}</div>}
      </Card>
    </section>
  );
}

/** The word that a change was taken; it is read out. */
export function Saved({ saved }: { saved: boolean }) {
  return (
    <span role="status" className="text-good">
      {saved ? "Saved" : ""}
    </span>
  );
}
