"use client";

import { Failure } from "#components/shell/failure.tsx";
import "./globals.css";

/** Stands in for the root layout where that itself fails. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <Failure digest={error.digest} retry={reset} />
      </body>
    </html>
  );
}
