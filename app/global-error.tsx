"use client";

import { Failure } from "#components/shell/failure.tsx";
import "./globals.css";

/** Stands in for the root layout where that itself fails, or what is around the dashboard’s pages. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <Failure digest={error.digest} />
      </body>
    </html>
  );
}
