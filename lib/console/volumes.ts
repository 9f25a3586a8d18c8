import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { change, see } from "./ask.ts";
import { stackLabel } from "./compose/stack.ts";
import { allContainers } from "./containers.ts";

type Listed = {
  Volumes:
    | { Name: string; Driver: string; CreatedAt?: string; Labels?: Record<string, string> | null; Nodes?: string[] }[]
    | null;
};

export type VolumeRow = {
  name: string;
  driver: string;
  createdAt: string | null;
  nodes: string[];
  stack: string | null;
  usedBy: { id: string; name: string }[];
};

/** Volumes of all nodes by name, and the containers that mount them. */
export async function listVolumes(
  ctx: Context,
  environmentId: string,
): Promise<{ rows: VolumeRow[]; missing: string[] }> {
  const [{ value, missing }, containers] = await Promise.all([
    see<Listed>(ctx, environmentId, "/volumes"),
    allContainers(ctx, environmentId),
  ]);
  const rows = (value.Volumes ?? []).map(
    ({ Name, Driver, CreatedAt, Labels, Nodes = [] }): VolumeRow => ({
      name: Name,
      driver: Driver,
      createdAt: CreatedAt ?? null,
      nodes: Nodes,
      stack: Labels?.[stackLabel] ?? Labels?.["com.docker.compose.project"] ?? null,
      usedBy: containers.rows.filter(({ volumes }) => volumes.includes(Name)).map(({ id, name }) => ({ id, name })),
    }),
  );
  return { rows: rows.toSorted((one, other) => one.name.localeCompare(other.name)), missing };
}

export const objectName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;

export async function createVolume(ctx: Context, environmentId: string, name: string): Promise<void> {
  if (!objectName.test(name))
    throw invalid("A volume's name has letters, digits, dots, dashes and underscores.", "name");
  await change(ctx, environmentId, "/volumes/create", { body: { Name: name } });
}
