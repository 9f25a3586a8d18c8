import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContainerDetail } from "#lib/console/container.ts";
import { Pairs } from "./pairs.tsx";
import { memoryText, shortId } from "./sizes.ts";

/** What a container is, where it runs, and since when. */
export function ContainerFacts({ own, container }: { own: string; container: ContainerDetail }) {
  const { id, image, node, command, createdAt, startedAt, finishedAt, exitCode, state, restarts, service } = container;
  const limits = [
    container.cpus && `${container.cpus} processors`,
    container.memory && memoryText(container.memory),
  ].filter(Boolean);
  const pairs: (readonly [string, ReactNode])[] = [
    ["Image", image],
    ["Node", node],
    [
      "Command",
      <code key="command" className="break-all font-mono text-xs">
        {command}
      </code>,
    ],
    ["Made", <RelativeTime key="made" at={createdAt} />],
  ];
  if (startedAt && state === "running") pairs.push(["Runs since", <RelativeTime key="since" at={startedAt} />]);
  if (finishedAt && state === "exited")
    pairs.push([
      "Ended",
      <span key="ended">
        <RelativeTime at={finishedAt} /> with exit code {exitCode}
      </span>,
    ]);
  pairs.push(["Restart policy", `${container.restartPolicy}${restarts > 0 ? ` (restarted ${restarts} times)` : ""}`]);
  if (limits.length > 0) pairs.push(["Limits", limits.join(", ")]);
  pairs.push(["User", container.user], ["Folder", container.workingDir]);
  if (service)
    pairs.push([
      "Service",
      <Link key="service" href={`${own}/services/${encodeURIComponent(service)}`} className="rounded-sm underline">
        {service}
      </Link>,
    ]);
  pairs.push([
    "Id",
    <code key="id" className="font-mono text-xs">
      {shortId(id)}
    </code>,
  ]);
  return <Pairs pairs={pairs} />;
}
