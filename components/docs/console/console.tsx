"use client";

import { useEffect, useId, useState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { withOurLayout } from "./layout.ts";

type SwaggerUi = (options: Record<string, unknown>) => unknown;
declare global {
  interface Window {
    SwaggerUIBundle?: SwaggerUi;
  }
}

type ConsoleProps = { assets: string; version: string };

/** swagger-ui on our own description; its half a megabyte is loaded here and nowhere else. */
export function Console({ assets, version }: ConsoleProps) {
  const id = `console${useId().replace(/[^a-z0-9]/gi, "")}`;
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  useEffect(() => {
    const source = `${assets}/swagger-ui-bundle.js?v=${version}`;
    load(source).then(
      () => {
        window.SwaggerUIBundle?.({
          domNode: document.getElementById(id),
          url: "/openapi.json",
          plugins: [withOurLayout],
          layout: "OurLayout",
          deepLinking: false,
          docExpansion: "list",
          defaultModelsExpandDepth: -1,
          displayRequestDuration: true,
          persistAuthorization: false,
          validatorUrl: null,
          onComplete: () => fitIn(document.getElementById(id)!),
        });
        setState("shown");
      },
      () => setState("failed"),
    );
  }, [id, assets, version]);
  return (
    <>
      <link rel="stylesheet" href={`${assets}/swagger-ui.css?v=${version}`} precedence="low" />
      {state === "loading" && <Placeholder />}
      {state === "failed" && (
        <Notice tone="bad">The console did not load. Reload the page; if it stays, the server is out of reach.</Notice>
      )}
      <div id={id} className="console mt-6" />
    </>
  );
}

/** What swagger-ui leaves out: every control has a name, and headings follow ours. */
function fitIn(drawn: HTMLElement): void {
  const mend = () => {
    for (const select of drawn.querySelectorAll("select:not([aria-label])"))
      select.setAttribute("aria-label", "Server");
    for (const heading of drawn.querySelectorAll("h3:not([aria-level])")) heading.setAttribute("aria-level", "2");
  };
  mend();
  new MutationObserver(mend).observe(drawn, { childList: true, subtree: true });
}

function Placeholder() {
  return (
    <div className="mt-6 flex flex-col gap-3" role="status">
      <span className="sr-only">Loading the console</span>
      {["a", "b", "c", "d", "e"].map((row) => (
        <div key={row} className="h-10 rounded-md bg-raised" />
      ))}
    </div>
  );
}

/** Runs a script once per page. */
function load(source: string): Promise<void> {
  if (window.SwaggerUIBundle) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${source} did not load.`));
    document.head.append(script);
  });
}
