import { asTheProviderHasIt, type Draft, type DraftNode, type DraftSchedule, mostNodes } from "./draft.ts";
import { type Open, portsText } from "./ports.ts";

type Read = { draft: Draft; problems?: undefined } | { draft?: undefined; problems: string[] };
type Fields = Record<string, unknown>;

const launch = ["image", "network", "subnet", "disk_gib"];
const life = ["heal", "protected", "ttl_hours", "schedule"];
const fields = ["provider_id", "region", "environment", ...launch, ...life, "nodes"];
const scheduleFields = ["days", "start", "stop", "time_zone"];
const nodeFields = ["name", "size", "packages", "expose"];

/**
 * The draft that a body of the API describes. Application, and a place that the body does not name, stay as in `base`;
 * all else is as the body has it. What the form could not show is a problem, each by its field.
 */
export function draftFrom(body: unknown, base: Draft): Read {
  if (!isFields(body)) return { problems: ["That is no environment: it begins with fields such as region and nodes."] };
  const problems = strangers(body, fields, "");
  const texts = { provider_id: "", region: "", environment: "", image: "", network: "", subnet: "" };
  for (const name of Object.keys(texts) as (keyof typeof texts)[]) texts[name] = textIn(body, name, name, problems);
  const disk = body.disk_gib ?? "";
  if (disk !== "" && !Number.isInteger(disk)) problems.push("disk_gib: is a whole number");
  if (!["", "default", "own"].includes(texts.network)) problems.push("network: is default or own");
  const lived = lifeIn(body, problems);
  const nodes = nodesIn(body.nodes, problems);
  if (problems.length > 0) return { problems: problems.slice(0, 10) };
  return {
    draft: {
      ...base,
      ...asTheProviderHasIt,
      providerId: texts.provider_id || base.providerId,
      region: texts.region || base.region,
      environment: texts.environment,
      ...lived,
      image: texts.image,
      network: texts.subnet ? "subnet" : (texts.network as Draft["network"]),
      subnet: texts.subnet,
      disk: String(disk),
      nodes,
    },
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const strangers = (given: Fields, known: readonly string[], before: string): string[] =>
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${before}${name}: there is no such field; there are ${known.join(", ")}`);

function textIn(given: Fields, name: string, field: string, problems: string[]): string {
  const value = given[name] ?? "";
  if (typeof value === "string") return value;
  problems.push(`${field}: is a text: put it in quotes`);
  return "";
}

function lifeIn(body: Fields, problems: string[]): Pick<Draft, "heal" | "protected" | "ttl" | "schedule"> {
  const ttl = body.ttl_hours ?? "";
  for (const name of ["heal", "protected"])
    if (!["boolean", "undefined"].includes(typeof body[name])) problems.push(`${name}: is true or false`);
  if (ttl !== "" && typeof ttl !== "number") problems.push("ttl_hours: is a number of hours");
  const schedule = body.schedule ?? null;
  return {
    heal: body.heal === true,
    protected: body.protected === true,
    ttl: String(ttl),
    schedule: schedule === null ? null : scheduleIn(schedule, problems),
  };
}

function scheduleIn(given: unknown, problems: string[]): DraftSchedule {
  const schedule = isFields(given) ? given : {};
  if (!isFields(given)) problems.push("schedule: has days, start, stop and time_zone");
  problems.push(...strangers(schedule, scheduleFields, "schedule."));
  const days = Array.isArray(schedule.days) ? schedule.days.filter((day) => Number.isInteger(day)) : [];
  if (!Array.isArray(schedule.days) || days.length < schedule.days.length)
    problems.push("schedule.days: is a list of numbers, 1 for Monday to 7");
  const part = (name: string) => textIn(schedule, name, `schedule.${name}`, problems);
  return { days, start: part("start"), stop: part("stop"), timeZone: part("time_zone") };
}

function nodesIn(given: unknown, problems: string[]): DraftNode[] {
  if (!Array.isArray(given) || given.length === 0) {
    problems.push("nodes: is a list of at least one node");
    return [];
  }
  if (given.length > mostNodes) problems.push(`nodes: has ${mostNodes} nodes at the most`);
  return given.slice(0, mostNodes).map((node: unknown, index) => nodeIn(node, index, problems));
}

function nodeIn(given: unknown, index: number, problems: string[]): DraftNode {
  const before = `nodes[${index}]`;
  const node = isFields(given) ? given : {};
  if (!isFields(given)) problems.push(`${before}: is a node with a name and a size`);
  problems.push(...strangers(node, nodeFields, `${before}.`));
  const packages = node.packages ?? [];
  const expose = node.expose ?? [];
  const isNames = Array.isArray(packages) && packages.every((one) => typeof one === "string");
  if (!isNames) problems.push(`${before}.packages: is a list of names`);
  if (!isOpen(expose)) problems.push(`${before}.expose: is a list of ports: { port: 80, cidr: "0.0.0.0/0" }`);
  return {
    key: index + 1,
    name: textIn(node, "name", `${before}.name`, problems),
    size: textIn(node, "size", `${before}.size`, problems),
    packages: isNames ? [...packages] : [],
    open: isOpen(expose) ? portsText(expose.map(({ port, cidr = "0.0.0.0/0" }) => ({ port, cidr }))) : "",
  };
}

const isOpen = (value: unknown): value is (Open | { port: number; cidr?: undefined })[] =>
  Array.isArray(value) &&
  value.every(
    (one) => isFields(one) && Number.isInteger(one.port) && ["string", "undefined"].includes(typeof one.cidr),
  );
