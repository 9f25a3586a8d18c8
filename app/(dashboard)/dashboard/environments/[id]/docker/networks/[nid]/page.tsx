import type { Metadata } from "next";
import Link from "next/link";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { ObjectHeader } from "#components/docker/object-header.tsx";
import { Pairs } from "#components/docker/pairs.tsx";
import { Section } from "#components/ui/section.tsx";
import { getNetwork } from "#lib/console/networks.ts";
import { readCluster } from "../../read.ts";

export const metadata: Metadata = { title: "Network" };

type Props = { params: Promise<{ id: string; nid: string }> };

export default async function NetworkPage({ params }: Props) {
  const { id, nid } = await params;
  const { environment, found, problem } = await readCluster(id, `networks/${nid}`, (ctx) => getNetwork(ctx, id, nid));
  if (!found) return <MissingNodes environment={environment} missing={[]} problem={problem} />;
  const own = `/dashboard/environments/${id}/docker`;
  const { name, driver, scope, internal, attachable, subnets, stack, members, missing } = found;
  return (
    <div className="flex flex-col gap-6">
      <MissingNodes environment={environment} missing={missing} />
      <ObjectHeader back={{ href: `${own}/networks`, label: "Networks" }} name={name} />
      <Pairs
        pairs={[
          ["Driver", driver],
          ["Reach", scope === "swarm" ? "all nodes" : "one node"],
          ["Way out", internal ? "none: it is internal" : "yes"],
          ["Containers may join", attachable || scope !== "swarm" ? "yes" : "no, services alone"],
          ["Addresses", subnets.join(", ") || "none"],
          ["Stack", stack ?? "none"],
        ]}
      />
      <Section title="Members">
        {members.length === 0 ? (
          <p className="text-ink-soft">No running container is in it.</p>
        ) : (
          <Pairs
            pairs={members.map((member) => [
              member.address.replace(/\/\d+$/, "") || "–",
              <Link
                key={member.id}
                href={`${own}/containers/${member.id}`}
                className="break-all rounded-sm hover:underline"
              >
                {member.name}
              </Link>,
            ])}
          />
        )}
      </Section>
    </div>
  );
}
