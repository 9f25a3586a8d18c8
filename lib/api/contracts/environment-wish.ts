import ipaddr from "ipaddr.js";
import { z } from "zod";
import { imageNames, networkChoices } from "#lib/model/launch.ts";
import { lifecycleFields, lifecycleOf, oneEnd } from "./environment-lifecycle.ts";
import { name, reference } from "./fields.ts";

const cidr = z.string().refine((value) => ipaddr.isValidCIDR(value), "is not a CIDR such as 203.0.113.0/24");

export const nodeWish = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/, "has letters, digits, - and _, 63 at the most"),
  size: z.string().trim().min(1).max(64),
  packages: z.array(z.string().trim().min(1).max(64)).max(20, "has 20 packages at the most").default([]),
  expose: z
    .array(z.object({ port: z.number().int().min(1).max(65535), cidr: cidr.default("0.0.0.0/0") }))
    .max(50)
    .default([]),
});

/** 1 to 500 of them, each with a name of its own. */
export const nodeList = <T extends z.ZodType<{ name: string }>>(node: T) =>
  z
    .array(node)
    .min(1, "has at least one node")
    .max(500, "has 500 nodes at the most")
    .superRefine((list, ctx) => {
      const seen = new Set<string>();
      for (const [index, node] of list.entries()) {
        const key = node.name.toLowerCase().replaceAll("_", "-");
        if (seen.has(key))
          ctx.addIssue({ code: "custom", path: [index, "name"], message: `"${node.name}" is there already` });
        seen.add(key);
      }
    });

const nodes = nodeList(nodeWish);

/** How servers are launched; what is left out is as the provider's settings have it. */
const choices = {
  image: z.enum(imageNames).optional(),
  /** "own": a network of the environment's own, removed with it. */
  network: z.enum(networkChoices).optional(),
  subnet: z
    .string()
    .regex(/^subnet-[0-9a-f]{1,40}$/, "is not the id of a subnet")
    .optional(),
  disk_gib: z.number().int().min(1).max(65_536).optional(),
};

const some = z.union([z.boolean(), z.array(z.string()).max(500)], { error: "is true, false, or names of nodes" });
const chosen = z.object(choices);
const choicesOf = ({ image, network, subnet, disk_gib }: z.output<typeof chosen>) => ({
  image,
  network,
  subnet,
  diskGib: disk_gib,
});

export const environmentWish = z
  .strictObject({
    provider_id: reference,
    region: z.string().trim().min(1).max(64),
    environment: name,
    nodes,
    heal: z.boolean().default(false),
    ...choices,
    ...lifecycleFields,
  })
  .superRefine(oneEnd)
  .transform(({ provider_id, region, environment, nodes, heal, ...rest }) => ({
    providerId: provider_id,
    region,
    name: environment,
    nodes,
    heal,
    choices: choicesOf(rest),
    lifecycle: lifecycleOf(rest),
  }));

/** As for a new environment, so that the same body can be sent again; provider and region only as they are. */
export const changeWish = z
  .strictObject({
    provider_id: reference.optional(),
    region: z.string().trim().min(1).max(64).optional(),
    environment: name.optional(),
    nodes,
    heal: z.boolean().optional(),
    /** Nodes that are left out are removed: all of them, or those named. */
    prune: some.default(false),
    /** Nodes of another size get a new, empty server: all of them, or those named. */
    remake: some.default(false),
    ...choices,
    ...lifecycleFields,
  })
  .superRefine(oneEnd)
  .transform(({ provider_id, region, environment, nodes, heal, prune, remake, ...rest }) => ({
    providerId: provider_id,
    region,
    name: environment,
    nodes,
    heal,
    prune,
    remake,
    choices: choicesOf(rest),
    lifecycle: lifecycleOf(rest),
  }));
