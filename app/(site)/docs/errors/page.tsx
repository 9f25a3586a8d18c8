import type { Metadata } from "next";
import { CodePane } from "#components/docs/code-pane.tsx";
import { Line } from "#components/docs/prose.tsx";
import { apiErrors } from "#lib/api/reference/errors.ts";

export const metadata: Metadata = {
  title: "Errors",
  description: "Every error that CloudHero's API answers: its code, its status, and what to do.",
};

const shape = `{
  "errors": [
    {
      "code": "invalid",
      "message": "nodes[1].size: there is no size gigantic in local",
      "field": "nodes[1].size"
    }
  ],
  "success": false
}`;

export default function ErrorsPage() {
  return (
    <div className="max-w-4xl px-5 py-8 sm:px-8 lg:px-10 lg:py-10">
      <h1 className="font-semibold text-2xl tracking-tight">Errors</h1>
      <p className="mt-3 max-w-prose text-ink-soft leading-relaxed">
        Every error has this body, on every route. Programs go by the code; the message is for people; the field is
        there where one value is to blame. Only a registration's answers stand in a list of one, its errors among them.
      </p>
      <div className="mt-4 max-w-prose rounded-lg bg-console">
        <CodePane code={shape} label="an error" />
      </div>
      <ul className="mt-8 flex flex-col">
        {apiErrors.map(({ code, status, means, remedy }) => (
          <li
            key={code}
            id={code}
            className="grid scroll-mt-24 gap-x-6 gap-y-1 border-line border-t py-4 sm:grid-cols-[14rem_1fr]"
          >
            <h2 className="break-words font-mono text-xs leading-6">
              <a href={`#${code}`} className="hover:underline">
                <span className="font-semibold">{status}</span> {code}
              </a>
            </h2>
            <div className="leading-relaxed">
              <p>
                <Line text={means} />
              </p>
              <p className="mt-1 text-ink-soft">
                <Line text={remedy} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
