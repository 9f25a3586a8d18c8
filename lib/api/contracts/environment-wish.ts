import ipaddr from "ipaddr.js";
import { z } from "zod";
import { imageNames, networkChoices } from "#lib/model/launch.ts";
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

const nodes = z
  .array(nodeWish)
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

export const environmentWish = z
  .strictObject({
    provider_id: reference,
    region: z.string().trim().min(1).max(64),
    environment: name,
    nodes,
    heal: z.boolean().default(false),
    ...choices,
  })
  .transform(({ provider_id, environment, image, network, subnet, disk_gib, ...rest }) => ({
    ...rest,
    providerId: provider_id,
    name: environment,
    choices: { image, network, subnet, diskGib: disk_gib },
  }));

/** As for a new environment, so that the same body can be sent again; provider and region only as they are. */
export const changeWish = z
  .strictObject({
    provider_id: reference.optional(),
    region: z.string().trim().min(1).max(64).optional(),
    environment: name.optional(),
    nodes,
    heal: z.boolean().optional(),
    prune: z.boolean().default(false),
    ...choices,
  })
  .transform(({ provider_id, environment, image, network, subnet, disk_gib, ...rest }) => ({
    ...rest,
    providerId: provider_id,
    name: environment,
    choices: { image, network, subnet, diskGib: disk_gib },
  }));
