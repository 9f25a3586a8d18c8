import { ButtonLink } from "#components/ui/button-link.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";

/** What it is, in one sentence, and the next step. */
export function Hero({ isKnown }: { isKnown: boolean }) {
  return (
    <div className="max-w-3xl">
      <h1 className="text-balance font-semibold text-4xl leading-tight tracking-tight sm:text-5xl">
        Give it your cloud keys, and get environments of servers.
      </h1>
      <p className="mt-5 max-w-2xl text-base text-ink-soft leading-relaxed sm:text-lg">
        CloudHero makes servers and Docker clusters on Amazon EC2, DigitalOcean or your own machine, installs what you
        name on them, and stops, starts and deletes them together.
      </p>
      <div className="mt-8 flex flex-wrap items-center gap-3">
        <ButtonLink href={isKnown ? "/dashboard" : "/signup"} variant="primary" prefetch={false}>
          {isKnown ? "Open the dashboard" : "Sign up"}
        </ButtonLink>
        <ButtonLink href="/docs/quick-start" prefetch={false}>
          Quick start
        </ButtonLink>
        <div className="flex w-full max-w-72 items-center gap-2 sm:ml-2 sm:w-auto">
          <span className="whitespace-nowrap text-ink-faint text-xs">or run your own:</span>
          <CopyLine text="npm start" label="Copy the command" />
        </div>
      </div>
    </div>
  );
}
