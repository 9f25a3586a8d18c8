import type { Metadata } from "next";
import { portsText } from "#components/environments/new/ports.ts";
import { ScaleFormLater } from "#components/environments/scale/scale-form-later.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";
import { listPackages } from "#lib/domain/packages/list.ts";
import { includesRole } from "#lib/model/roles.ts";
import { readEnvironment } from "../read.ts";
import { scale } from "./actions.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { environment } = await readEnvironment((await params).id, "scale");
  return { title: `Scale ${environment.name}` };
}

export default async function ScalePage({ params }: Props) {
  const { id } = await params;
  const { ctx, environment } = await readEnvironment(id, "scale");
  const { name, providerId, region, wish } = environment;
  if (wish === "delete") return <Notice>{name} is being deleted: nothing of it can be changed any more.</Notice>;
  if (!includesRole(ctx.role, "operator"))
    return <Notice>Your role is viewer: an operator, an admin or the owner may change the servers.</Notice>;
  return (
    <ScaleFormLater
      key={environment.changedAt.toISOString()}
      {...{ id, name, providerId, region }}
      initial={nodesOf(environment)}
      packages={listPackages(environment.image ?? undefined).map(({ name, title, description, version, aliases }) => ({
        value: name,
        label: title,
        detail: `${version} · ${description}`,
        words: [name, ...aliases].join(" "),
      }))}
      commit={scale.bind(null, id)}
    />
  );
}

/** The servers that are not being removed already. */
const nodesOf = ({ nodes }: EnvironmentView) =>
  nodes
    .filter(({ removal }) => removal !== "prune")
    .map(({ name, size, packages, expose }, index) => {
      const open = portsText(expose);
      return { key: index + 1, name, size, packages, open, was: { size, packages, open }, removed: false };
    });
