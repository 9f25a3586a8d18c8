import type { FormState } from "#components/ui/form-state.ts";
import type { Draft, DraftChange } from "./draft.ts";

/** What is left empty and must not be, by field; everything else is for the server to judge. */
export function gapsIn({
  applicationId,
  applicationName,
  environment,
  region,
  network,
  subnet,
  disk,
  nodes,
}: Draft): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (!applicationId && !applicationName.trim()) gaps.application_name = "Name the application";
  if (!environment.trim()) gaps.environment = "Name the environment";
  if (!region) gaps.region = "Choose a region";
  if (network === "subnet" && !subnet.trim()) gaps.subnet = "Name the subnet";
  if (disk && !/^\d+$/.test(disk)) gaps.disk_gib = "A whole number of GiB";
  for (const [index, { name, size }] of nodes.entries()) {
    if (!name.trim()) gaps[`nodes[${index}].name`] = "Name the node";
    if (!size) gaps[`nodes[${index}].size`] = "Choose a size";
  }
  return gaps;
}

type Refused = Pick<FormState, "message" | "fields">;

const fieldsOf = {
  applicationId: "application",
  applicationName: "application_name",
  providerId: "provider_id",
  region: "region",
  environment: "environment",
  heal: "heal",
  image: "image",
  network: "network",
  subnet: "subnet",
  disk: "disk_gib",
} as const;

/** What still stands of a refusal once this was changed: a field's error goes with the next keystroke in it. */
export function answered(refused: Refused, change: DraftChange): Refused {
  const errors = Object.entries(refused.fields);
  if (errors.length === 0) return refused;
  const isAnswered = (field: string) => {
    if (change.do === "set")
      return Object.keys(change.values).some((key) => fieldsOf[key as keyof typeof fieldsOf] === field);
    if (change.do !== "set-node") return field.startsWith("nodes");
    return Object.keys(change.values).some((part) => field.startsWith(`nodes[${change.index}].${part}`));
  };
  return { ...refused, fields: Object.fromEntries(errors.filter(([field]) => !isAnswered(field))) };
}
