import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ServiceDetail } from "#lib/console/services.ts";
import { Pairs } from "./pairs.tsx";
import { Ports } from "./ports.tsx";

type FactsProps = {
  own: string;
  service: ServiceDetail /** Of any node: a swarm publishes on all. */;
  address: string | null | undefined;
};

/** What a service is, and how many of it run. */
export function ServiceFacts({ own, service, address }: FactsProps) {
  const { image, running, desired, mode, ports, stack, constraints, createdAt, updatedAt } = service;
  const reached = ports.map(({ text, published, tcp }) => ({
    text,
    url: tcp && address ? `http://${address}:${published}` : null,
  }));
  const pairs: (readonly [string, ReactNode])[] = [
    ["Image", image],
    [
      "Running",
      <span
        key="running"
        className={running < desired ? "font-medium text-warn" : ""}
      >{`${running} of ${desired}, ${mode}`}</span>,
    ],
    ["Ports", <Ports key="ports" ports={reached} />],
  ];
  if (stack)
    pairs.push([
      "Stack",
      <Link key="stack" href={`${own}/stacks/${encodeURIComponent(stack)}`} className="rounded-sm underline">
        {stack}
      </Link>,
    ]);
  if (constraints.length > 0) pairs.push(["Placed where", constraints.join(", ")]);
  pairs.push(
    ["Made", <RelativeTime key="made" at={createdAt} />],
    ["Changed", <RelativeTime key="changed" at={updatedAt} />],
  );
  return <Pairs pairs={pairs} />;
}
