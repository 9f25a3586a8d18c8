"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import type { OptionList as Loaded } from "./option-list.tsx";

/** Loaded when the first list of a page is opened. */
const OptionList = lazy(() => import("./option-list.tsx").then((file) => ({ default: file.OptionList })));

export function OptionListLater(props: ComponentProps<typeof Loaded>) {
  return (
    props.listbox.open && (
      <Suspense>
        <OptionList {...props} />
      </Suspense>
    )
  );
}
