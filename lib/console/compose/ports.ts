import { z } from "zod";
import { text, whole } from "./values.ts";

export type Port = { Protocol: string; TargetPort: number; PublishedPort: number; PublishMode: string };

/** Ports of one line are a range at the most so long. */
const rangeAtMost = 1_000;
const line =
  /^(?:(?<ip>\[[^\]]*\]|\d+(?:\.\d+){3}):)?(?:(?<published>\d+(?:-\d+)?)?:)?(?<target>\d+(?:-\d+)?)(?:\/(?<protocol>tcp|udp|sctp))?$/i;

/** `"8080:80"`, `"9000-9002:9000-9002/udp"`, `80`: all that such a line publishes, and the address that it names in vain. */
const short = text.transform((value, ctx): { ports: Port[]; ip: string | undefined } => {
  const { ip, published, target, protocol = "tcp" } = line.exec(value)?.groups ?? {};
  const [targets, publisheds] = [rangeOf(target), published === undefined ? [] : rangeOf(published)];
  const fit =
    publisheds && targets && (publisheds.length === 0 || targets.length === 1 || publisheds.length === targets.length);
  if (!targets || !fit) {
    ctx.addIssue({ code: "custom", message: `"${value}" is no port, such as "8080:80"` });
    return z.NEVER;
  }
  const pairs =
    publisheds.length === 0
      ? targets.map((one) => [one, 0] as const)
      : publisheds.map((one, index) => [targets.length === 1 ? targets[0]! : targets[index]!, one] as const);
  const ports = pairs.map(([TargetPort, PublishedPort]) => ({
    Protocol: protocol.toLowerCase(),
    TargetPort,
    PublishedPort,
    PublishMode: "ingress",
  }));
  return { ports, ip };
});

const long = z
  .strictObject({
    target: whole,
    published: whole.optional(),
    protocol: z.enum(["tcp", "udp", "sctp"]).default("tcp"),
    mode: z.enum(["ingress", "host"]).default("ingress"),
  })
  .transform(({ target, published, protocol, mode }) => ({
    ports: [{ Protocol: protocol, TargetPort: target, PublishedPort: published ?? 0, PublishMode: mode }],
    ip: undefined,
  }));

/** A service's ports, each short or long. */
export const ports = z.array(
  z.unknown().transform((value, ctx) => {
    const parsed = (typeof value === "object" ? long : short).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }),
  { error: "must be a list of ports" },
);

function rangeOf(range: string | undefined): number[] | null {
  const [first = Number.NaN, last = first] = (range ?? "").split("-").map(Number);
  if (!(first >= 1 && last >= first && last <= 65_535 && last - first < rangeAtMost)) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** As Docker orders them, so that another order in the file changes nothing. */
export const inOrder = (all: Port[]): Port[] =>
  all.toSorted(
    (one, other) =>
      one.PublishedPort - other.PublishedPort ||
      one.TargetPort - other.TargetPort ||
      one.Protocol.localeCompare(other.Protocol),
  );
