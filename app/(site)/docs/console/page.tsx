import type { Metadata } from "next";
import swaggerUi from "swagger-ui-dist/package.json" with { type: "json" };
import { visitorContext } from "#app/(dashboard)/context.ts";
import { Console } from "#components/docs/console/console.tsx";
import "#components/docs/console/console.css";

export const metadata: Metadata = {
  title: "Console",
  description: "Every request of CloudHero's API, to be sent from the browser.",
};

export default async function ConsolePage() {
  const ctx = await visitorContext();
  return (
    <div className="px-5 py-8 sm:px-8 lg:px-10 lg:py-10">
      <h1 className="font-semibold text-2xl tracking-tight">Console</h1>
      <p className="mt-3 max-w-prose text-ink-soft leading-relaxed">
        {ctx
          ? `Requests are sent as ${ctx.user.email}, from this browser's session. They are real: what you make here costs what it costs, and a delete deletes. To send them as somebody else, give a token under Authorize.`
          : "Requests are real: what you make here costs what it costs, and a delete deletes. Log in, or give a token under Authorize; it is forgotten when you leave the page."}
      </p>
      <Console assets="/docs/console/assets" version={swaggerUi.version} />
    </div>
  );
}
