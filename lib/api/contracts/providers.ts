import { z } from "zod";
import { networkChoices } from "#lib/model/launch.ts";
import { define } from "../define.ts";
import { done, id, idParams, moment, name } from "./fields.ts";

const tag = "Cloud Providers";
const text = z.string().trim().min(1).max(16_384);

const providerType = z.enum(["ec2", "digital_ocean", "docker"]);
/** The reference spells one in two ways. */
const givenType = z
  .enum([...providerType.options, "digitalocean"])
  .transform((type) => (type === "digitalocean" ? "digital_ocean" : type));

const provider = z.object({
  /** Its settings; secrets masked. */
  provider_meta: z.record(z.string(), z.string()),
  name: z.string(),
  organisation: id,
  id,
  provider_type: providerType,
  alias: z.string(),
  /** Why the cloud refuses its credentials; null while it takes them. */
  trouble: z.string().nullable(),
  /** What the cloud was found not to allow them when they were tried last, in its own names. */
  missing_permissions: z.array(z.string()),
  /** The cloud asked to be left alone until then, and is. */
  throttled_until: moment.nullable(),
  /** A practice cloud: nothing in it is real. */
  simulated: z.boolean(),
});

const settings = z
  .record(z.string(), z.unknown())
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)),
  )
  .pipe(z.record(z.string(), z.union([text, z.number().transform(String)], "must be a text that is not empty")));

const wish = z
  .looseObject({
    cloud_provider: givenType,
    provider_name: name,
    /** The practice cloud in place of the real one; no credentials are then given. */
    practice: z.boolean().optional(),
  })
  .transform(({ cloud_provider, provider_name, practice, ...fields }) => ({
    type: cloud_provider,
    name: provider_name,
    fields: practice ? { ...fields, practice: "yes" } : fields,
  }))
  .pipe(z.object({ type: providerType, name, fields: settings }));

const change = z
  .looseObject({ provider_name: name.optional(), cloud_provider: givenType.optional() })
  .transform(({ provider_name, cloud_provider, ...fields }) => ({ name: provider_name, type: cloud_provider, fields }))
  .pipe(
    z.object({ name: z.union([name, z.undefined()]), type: z.union([providerType, z.undefined()]), fields: settings }),
  );

/** The answer's shape follows the reference: EC2's stands in a one-element array, the others' do not. */
export const create = define("POST", "/providers", {
  tag,
  access: "admin",
  scope: "providers:write",
  summary: "Add a cloud provider; its credentials are tried at once",
  body: wish,
  result: z.union([z.array(provider), provider]),
});

export const list = define("GET", "/providers", {
  tag,
  access: "viewer",
  scope: "providers:read",
  summary: "The organisation's providers, by type",
  result: z.record(z.string(), z.array(provider)),
});

export const get = define("GET", "/providers/{id}", {
  tag,
  access: "viewer",
  scope: "providers:read",
  summary: "One provider",
  params: idParams,
  result: provider,
});

export const update = define("PUT", "/providers/{id}", {
  tag,
  access: "admin",
  scope: "providers:write",
  summary: "Rename a provider or rotate its credentials; the new ones are tried first",
  params: idParams,
  body: change,
  result: provider,
});

export const remove = define("DELETE", "/providers/{id}", {
  tag,
  access: "admin",
  scope: "providers:write",
  summary: "Remove a provider that no environment uses",
  params: idParams,
  result: done,
});

const size = z.object({
  cores: z.string(),
  disk: z.string(),
  ram: z.string(),
  id: z.string(),
  architecture: z.string().optional(),
  /** US dollars. */
  pricePerHour: z.number().optional(),
  pricePerMonth: z.number().optional(),
  regions: z.array(z.string()).optional(),
});

export const meta = define("GET", "/providers/{id}/meta", {
  tag,
  access: "viewer",
  scope: "providers:read",
  summary: "Regions and sizes; with region, that region's sizes alone, with their prices where they may be read",
  params: idParams,
  query: z.object({ region: z.string().trim().min(1).max(64).optional() }),
  result: z.object({
    locations: z.record(z.string(), z.object({ endpoint: z.string(), name: z.string(), available: z.boolean() })),
    sizes: z.record(z.string(), z.record(z.string(), size)),
    /** What an environment may say of how its servers are launched. */
    choices: z.object({
      images: z.array(z.string()),
      network: z.boolean(),
      disk_gib: z.object({ least: z.number(), most: z.number(), usual: z.number() }).optional(),
    }),
    age_seconds: z.number(),
  }),
});

export const policy = define("GET", "/providers/{id}/policy", {
  tag,
  access: "viewer",
  scope: "providers:read",
  summary: "The least that its credentials must be allowed: an IAM policy or a list of scopes; the id may be a type",
  params: idParams,
  query: z.object({ network: z.enum(networkChoices).optional() }),
  result: z.record(z.string(), z.unknown()),
});

const orphan = z.object({
  id: z.string(),
  kind: z.enum(["server", "volume", "network", "subnet", "gateway", "firewall", "key"]),
  name: z.string(),
  /** Empty for what is of no region. */
  region: z.string(),
  /** The environment it was made for, which is no more. */
  environment: z.string(),
  size: z.string().nullable(),
  state: z.string().nullable(),
  gib: z.number().nullable(),
  created_at: moment.nullable(),
  age_seconds: z.number().nullable(),
  /** US dollars; absent when unknown. */
  price_per_hour: z.number().optional(),
});

export const orphans = define("GET", "/providers/{id}/orphans", {
  tag,
  access: "viewer",
  scope: "providers:read",
  summary: "What is in the cloud with our mark and of no environment that lives, with its age and cost",
  params: idParams,
  result: z.object({
    orphans: z.array(orphan),
    /** Regions that did not answer. */
    unread: z.array(z.object({ region: z.string(), reason: z.string() })),
    /** Of all that have a known price. */
    price_per_hour: z.number(),
  }),
});

export const removeOrphans = define("POST", "/providers/{id}/orphans/remove", {
  tag,
  access: "admin",
  scope: "providers:write",
  summary: "Remove orphans by their ids; what is none by now is refused",
  params: idParams,
  body: z.strictObject({ ids: z.array(z.string().trim().min(1).max(300)).min(1).max(500) }),
  result: z.object({
    removed: z.array(z.string()),
    refused: z.array(z.object({ id: z.string(), reason: z.string() })),
    success: z.boolean(),
  }),
});
