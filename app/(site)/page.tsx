import type { Metadata } from "next";
import { cookies } from "next/headers";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import { BlockDiagram } from "#components/docs/block-diagram.tsx";
import { Hero } from "#components/landing/hero.tsx";
import { Jobs } from "#components/landing/jobs.tsx";
import { Points } from "#components/landing/points.tsx";
import { Shot } from "#components/landing/shot.tsx";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { SiteFooter } from "#components/site/site-footer.tsx";
import { SiteHeader } from "#components/site/site-header.tsx";

export const metadata: Metadata = { alternates: { canonical: "/" } };

export default async function LandingPage() {
  const [ctx, sent, origin] = await Promise.all([visitorContext(), cookies(), ownOrigin()]);
  const isKnown = ctx !== null;
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
      <SiteHeader isKnown={isKnown} />
      <main className="flex flex-1 flex-col gap-20 pt-12 pb-20 sm:gap-24 sm:pt-20">
        <Hero isKnown={isKnown} />
        <Shot />
        <Jobs origin={origin} />
        <section aria-labelledby="how" className="grid items-center gap-6 lg:grid-cols-[2fr_3fr] lg:gap-12">
          <div>
            <h2 id="how" className="font-semibold text-xl tracking-tight">
              How it works
            </h2>
            <p className="mt-2 text-ink-soft leading-relaxed">
              A request never waits for a cloud. It writes down a wish, and the engine looks at the cloud, decides, acts
              once, and looks again, until the two are the same. Kill it at any line: it goes on without a server lost
              or made twice.
            </p>
          </div>
          <BlockDiagram />
        </section>
        <Points />
      </main>
      <SiteFooter theme={themeOf(sent.get(themeCookie)?.value)} />
    </div>
  );
}
