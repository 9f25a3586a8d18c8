"use client";

import { lazy, Suspense } from "react";
import type { DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import { LifeFields } from "./life-fields.tsx";
import { Step } from "./step.tsx";
import type { Described } from "./use-metadata.ts";

type SectionProps = {
  draft: Draft;
  /** Absent while the provider is asked. */
  choices: Described["choices"] | undefined;
  errors: Record<string, string>;
  change: (change: DraftChange) => void;
};

/** Loaded where the provider leaves a choice. */
const LaunchFields = lazy(() => import("./launch-fields.tsx").then((file) => ({ default: file.LaunchFields })));

/** How servers are launched, as far as the provider leaves a choice, and what becomes of them later. */
export function OptionSection({ draft, choices, errors, change }: SectionProps) {
  return (
    <Step number={3} title="Options">
      {choices && leavesChoice(choices) && (
        <Suspense>
          <LaunchFields {...{ draft, choices, errors, change }} />
        </Suspense>
      )}
      <LifeFields {...{ draft, errors, change }} />
    </Step>
  );
}

const leavesChoice = ({ images, network, disk_gib }: Described["choices"]): boolean =>
  images.length > 1 || network || disk_gib !== undefined;
