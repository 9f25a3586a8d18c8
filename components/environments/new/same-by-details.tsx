"use client";

import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { SameBy as Loaded } from "./same-by.tsx";

/** Loaded when it is opened. */
const SameBy = lazy(() => import("./same-by.tsx").then((file) => ({ default: file.SameBy })));

/** What the form says in other words, behind a line that opens it. */
export function SameByDetails(props: ComponentProps<typeof Loaded>) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm font-medium text-ink-soft hover:text-ink">The same by curl or YAML</summary>
      <div className="mt-3">
        {open && (
          <Suspense>
            <SameBy {...props} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
