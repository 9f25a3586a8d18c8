import { z } from "zod";
import { bytes, flag, text } from "./values.ts";

export type Volume = {
  type: "volume" | "bind" | "tmpfs";
  source: string;
  target: string;
  readOnly: boolean;
  nocopy?: boolean;
  propagation?: string;
  size?: number;
};

const propagations = ["shared", "slave", "private", "rshared", "rslave", "rprivate"];

/** `"data:/var/lib/data:ro"`, `"/etc/app:/etc/app"`, `"/scratch"`. */
const short = z.string().transform((value, ctx): Volume => {
  const [first = "", second, modes = "", ...more] = value.split(":");
  const [source, target] = second === undefined ? ["", first] : [first, second];
  if (!target.startsWith("/") || more.length > 0) {
    ctx.addIssue({ code: "custom", message: `"${value}" is no mount, such as "data:/var/lib/data"` });
    return z.NEVER;
  }
  const words = modes.split(",");
  const propagation = words.find((word) => propagations.includes(word));
  return {
    type: isPath(source) ? "bind" : "volume",
    source,
    target,
    readOnly: words.includes("ro"),
    ...(words.includes("nocopy") || words.includes("volume-nocopy") ? { nocopy: true } : {}),
    ...(propagation ? { propagation } : {}),
  };
});

const long = z
  .strictObject({
    type: z.enum(["volume", "bind", "tmpfs"]).default("volume"),
    source: text.default(""),
    target: text,
    read_only: flag.default(false),
    consistency: z.string().optional(),
    volume: z.strictObject({ nocopy: flag.optional() }).optional(),
    bind: z.strictObject({ propagation: z.enum(propagations).optional() }).optional(),
    tmpfs: z.strictObject({ size: bytes.optional() }).optional(),
  })
  .transform(
    ({ type, source, target, read_only, volume, bind, tmpfs }): Volume => ({
      type,
      source,
      target,
      readOnly: read_only,
      ...(volume?.nocopy === undefined ? {} : { nocopy: volume.nocopy }),
      ...(bind?.propagation === undefined ? {} : { propagation: bind.propagation }),
      ...(tmpfs?.size === undefined ? {} : { size: tmpfs.size }),
    }),
  );

const isPath = (source: string) => /^[./~\\]/.test(source);

/** What is wrong with a mount that can be written; null where nothing is. */
function fault({ type, source, target }: Volume): string | null {
  if (!target.startsWith("/")) return `the target "${target}" is no absolute path`;
  if (type === "tmpfs" && source) return "a tmpfs has no source";
  if (type === "bind" && !source.startsWith("/"))
    return `"${source}" is a path of your own machine: a cluster's node has none of it. Use an absolute path of the nodes, a volume, or a config with its content`;
  return null;
}

/** A service's volumes, each short or long. */
export const volumes = z.array(
  z.unknown().transform((value, ctx): Volume => {
    const parsed = (typeof value === "object" ? long : short).safeParse(value);
    const wrong = parsed.success ? fault(parsed.data) : null;
    if (parsed.success && !wrong) return parsed.data;
    if (wrong) ctx.addIssue({ code: "custom", message: wrong });
    for (const { message, path } of parsed.error?.issues ?? []) ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }),
  { error: "must be a list of mounts" },
);
