import { Braces, Container, ListPlus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";

type JobProps = { Icon: typeof Braces; title: string; text: string; href: string; more: string; children: ReactNode };

/** The three doors to the same thing: a form, one request, any Docker client. */
export function Jobs({ origin }: { origin: string }) {
  return (
    <div className="flex flex-col gap-14">
      <Job
        Icon={ListPlus}
        title="From a form"
        text="Provider, region, nodes, packages. Before anything is made you see what it will be made of and what it costs a month; the same form shows the request that does the same."
        href="/docs/quick-start"
        more="Quick start"
      >
        <ol className="flex flex-col gap-2 rounded-md border border-line bg-surface p-5 text-ink-soft">
          {steps.map(([title, detail]) => (
            <li key={title} className="flex items-baseline justify-between gap-4">
              <span className="font-medium text-ink">{title}</span>
              <span className="text-right text-xs">{detail}</span>
            </li>
          ))}
        </ol>
      </Job>
      <Job
        Icon={Braces}
        title="By one JSON request"
        text="Everything that the dashboard does, one request does. The answer comes at once; the wish is kept, and the clouds are made to match it."
        href="/docs"
        more="API reference"
      >
        <CodeBlock label="request" code={requestOf(origin)} />
      </Job>
      <Job
        Icon={Container}
        title="With your own Docker client"
        text="Servers with Docker are one big host: docker, Compose and buildx work as they are, by TLS, with your role. A viewer reads; what changes something is in the audit log."
        href="/docs/docker-clusters"
        more="Docker clusters"
      >
        <CodeBlock label="lines" code={dockerLines} />
      </Job>
    </div>
  );
}

function Job({ Icon, title, text, href, more, children }: JobProps) {
  return (
    <section className="grid items-center gap-6 lg:grid-cols-[2fr_3fr] lg:gap-12">
      <div>
        <Icon className="size-5 text-accent" aria-hidden />
        <h2 className="mt-3 font-semibold text-xl tracking-tight">{title}</h2>
        <p className="mt-2 text-ink-soft leading-relaxed">{text}</p>
        <p className="mt-3">
          <Link href={href} prefetch={false} className="font-medium text-accent underline underline-offset-2">
            {more}
          </Link>
        </p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

const steps = [
  ["Provider", "Amazon EC2, DigitalOcean, Docker"],
  ["Region and sizes", "cores, memory, price"],
  ["Nodes and packages", "nginx, PostgreSQL, Docker, …"],
  ["Plan", "what is made, what it costs"],
  ["Create", "then watch each step, live"],
] as const;

const requestOf = (origin: string) => `curl ${origin}/applications/$APPLICATION/environments \\
  -H "Authentication-Token: $CLOUDHERO_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"provider_id": "'$PROVIDER'", "region": "eu-west-1",
       "environment": "staging", "nodes": [
         {"name": "web", "size": "t3.small", "packages": ["nginx"]},
         {"name": "db", "size": "t3.medium", "packages": ["postgresql"]}]}'`;

const dockerLines = `docker context import staging staging.tar
docker --context staging info        # three nodes, one host
docker --context staging compose up -d`;
