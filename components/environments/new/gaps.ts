import type { FormState } from "#components/ui/form-state.ts";
import type { DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import { readPorts } from "./ports.ts";

/** What is left empty and must not be, by field; everything else is for the server to judge. */
export function gapsIn({
  applicationId,
  applicationName,
  environment,
  region,
  network,
  subnet,
  disk,
  ttl,
  schedule,
  nodes,
}: Draft): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (!applicationId && !applicationName.trim()) gaps.application_name = "Name the application";
  if (!environment.trim()) gaps.environment = "Name the environment";
  if (!region) gaps.region = "Choose a region";
  if (network === "subnet" && !subnet.trim()) gaps.subnet = "Name the subnet";
  if (disk && !/^\d+$/.test(disk)) gaps.disk_gib = "A whole number of GiB";
  if (ttl && !(Number(ttl) > 0)) gaps.ttl_hours = "A number of hours";
  if (schedule && schedule.days.length === 0) gaps["schedule.days"] = "Choose a day";
  if (schedule && !schedule.start) gaps["schedule.start"] = "Say when it starts";
  if (schedule && !schedule.stop) gaps["schedule.stop"] = "Say when it stops";
  for (const [index, { name, size, open }] of nodes.entries()) {
    if (!name.trim()) gaps[`nodes[${index}].name`] = "Name the node";
    if (!size) gaps[`nodes[${index}].size`] = "Choose a size";
    const { problem } = readPorts(open);
    if (problem) gaps[`nodes[${index}].expose`] = problem;
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
  protected: "protected",
  ttl: "ttl_hours",
  schedule: "schedule",
} as const;

/** "schedule.stop" is of schedule as well. */
const isOf = (field: string, whole: string) => field === whole || field.startsWith(`${whole}.`);

/** What still stands of a refusal once this was changed: a field's error goes with the next keystroke in it. */
export function answered(refused: Refused, change: DraftChange): Refused {
  const errors = Object.entries(refused.fields);
  if (errors.length === 0) return refused;
  const isAnswered = (field: string) => {
    if (change.do === "set")
      return Object.keys(change.values).some((key) => isOf(field, fieldsOf[key as keyof typeof fieldsOf]));
    if (change.do === "replace") return true;
    if (change.do === "size-nodes") return false;
    if (change.do !== "set-node") return field.startsWith("nodes");
    const parts = Object.keys(change.values).map((part) => (part === "open" ? "expose" : part));
    return parts.some((part) => field.startsWith(`nodes[${change.index}].${part}`));
  };
  return { ...refused, fields: Object.fromEntries(errors.filter(([field]) => !isAnswered(field))) };
}

/** Whether the form shows this field, so that its error stands there. */
export const isField = (field: string): boolean =>
  /^(application_name|application|environment|provider_id|region|image|network|subnet|disk_gib|ttl_hours|schedule(\.(days.*|start|stop|time_zone))?|nodes(\[\d+\]\.(name|size|packages|expose).*)?)$/.test(
    field,
  );
