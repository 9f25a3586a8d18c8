import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { ObjectHeader } from "#components/docker/object-header.tsx";
import { Pairs } from "#components/docker/pairs.tsx";
import { RemoveStack } from "#components/docker/remove-stack.tsx";
import { ServiceTable } from "#components/docker/service-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { getStack } from "#lib/console/stacks/list.ts";
import { actAndLeave } from "../../actions.ts";
import { readCluster } from "../../read.ts";

export const metadata: Metadata = { title: "Stack" };

type Props = { params: Promise<{ id: string; name: string }> };

export default async function StackPage({ params }: Props) {
  const { id, name: part } = await params;
  const name = decodeURIComponent(part);
  const own = `/dashboard/environments/${id}/docker`;
  const { environment, mayAct, found, problem } = await readCluster(id, `stacks/${part}`, (ctx) =>
    getStack(ctx, id, name),
  );
  if (!found) return <MissingNodes environment={environment} missing={[]} problem={problem} />;
  const parts = [
    ["Networks", found.networks.map((network) => network.name)],
    ["Configs", found.configs],
    ["Secrets", found.secrets],
  ] as const;
  return (
    <div className="flex flex-col gap-6">
      <MissingNodes environment={environment} missing={found.missing} />
      <ObjectHeader
        back={{ href: `${own}/stacks`, label: "Stacks" }}
        name={name}
        actions={
          mayAct && (
            <span className="flex flex-wrap gap-2">
              <ButtonLink href={`${own}/deploy?name=${encodeURIComponent(name)}`}>Deploy a new version</ButtonLink>
              <RemoveStack
                name={name}
                stack={found}
                remove={actAndLeave.bind(null, id, "stacks", { do: "remove stack", id: name })}
              />
            </span>
          )
        }
      />
      <ServiceTable own={own} rows={found.services} />
      <Pairs pairs={parts.map(([label, names]) => [label, names.join(", ") || "none"])} />
    </div>
  );
}
