"use client";

import dynamic from "next/dynamic";

/** The form, fetched after the page: lists of sizes and packages to search in are heavy. */
export const ScaleFormLater = dynamic(() => import("./scale-form.tsx").then(({ ScaleForm }) => ScaleForm), {
  ssr: false,
  loading: () => (
    <div aria-busy="true" aria-label="Loading" role="status" className="flex flex-col gap-5">
      <div className="h-40 rounded-lg border border-line bg-surface motion-safe:animate-pulse" />
      <div className="h-28 rounded-lg border border-line bg-surface motion-safe:animate-pulse" />
    </div>
  ),
});
