"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import { TallSkeleton } from "#components/ui/tall-skeleton.tsx";
import type { ContainerLogView } from "./container-log-view.tsx";
import type { NodeLogView } from "./node-log-view.tsx";

const NodeLog = lazy(() => import("./node-log-view.tsx").then((module) => ({ default: module.NodeLogView })));
const ContainerLog = lazy(() =>
  import("./container-log-view.tsx").then((module) => ({ default: module.ContainerLogView })),
);

/** The same as NodeLogView, whose script comes after the page's own. */
export function NodeLogBox(props: ComponentProps<typeof NodeLogView>) {
  return (
    <Suspense fallback={<TallSkeleton />}>
      <NodeLog {...props} />
    </Suspense>
  );
}

/** The same as ContainerLogView, likewise. */
export function ContainerLogBox(props: ComponentProps<typeof ContainerLogView>) {
  return (
    <Suspense fallback={<TallSkeleton />}>
      <ContainerLog {...props} />
    </Suspense>
  );
}
