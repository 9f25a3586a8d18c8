import { z } from "zod";
import { deliveryStates } from "#drizzle/schema/index.ts";
import { webhookEvents } from "#lib/model/webhook-events.ts";
import { define } from "../define.ts";
import { done, id, idParams, moment, name, page, reference } from "./fields.ts";

const common = { tag: "Integrations", access: "admin", scope: "integrations" } as const;
const path = "/integrations/webhooks";

const delivery = z.object({
  id,
  event: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  next_attempt_at: moment.nullable(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number().int().nullable(),
  created_at: moment,
  delivered_at: moment.nullable(),
  tries: z.array(
    z.object({
      at: z.string(),
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      duration_ms: z.number().int(),
    }),
  ),
  payload: z.record(z.string(), z.unknown()),
});

const webhook = z.object({
  id,
  name: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  reason: z.string().nullable(),
  previous_secret_until: moment.nullable(),
  last_delivery: delivery.nullable(),
  created_at: moment,
});
/** Shown this once: `whsec_` and 32 bytes in base64. */
const withSecret = webhook.extend({ secret: z.string() });

const body = z.object({
  name,
  url: z
    .url({ protocol: /^https?$/, error: "is not an http or https URL" })
    .max(2048)
    .refine((url) => !URL.parse(url)?.username && !URL.parse(url)?.password, "has no place for a password"),
  events: z.array(z.enum(webhookEvents)).max(webhookEvents.length).default([]),
  enabled: z.boolean().default(true),
});

export const create = define("POST", path, {
  ...common,
  summary: "Have an address told, signed, what happens to environments; its secret is shown this once",
  body,
  result: withSecret,
});

export const list = define("GET", path, {
  ...common,
  summary: "The organisation's webhooks",
  query: page,
  result: z.array(webhook),
});

export const get = define("GET", `${path}/{id}`, {
  ...common,
  summary: "One webhook",
  params: idParams,
  result: webhook,
});

export const update = define("PUT", `${path}/{id}`, {
  ...common,
  summary: "Change a webhook, or switch it on or off",
  params: idParams,
  body,
  result: webhook,
});

export const remove = define("DELETE", `${path}/{id}`, {
  ...common,
  summary: "Remove a webhook and its deliveries",
  params: idParams,
  result: done,
});

export const rotate = define("POST", `${path}/{id}/secret`, {
  ...common,
  summary: "Give a webhook a new secret, shown this once; for a day the old one signs as well",
  params: idParams,
  body: z.unknown(),
  result: withSecret,
});

export const test = define("POST", `${path}/{id}/test`, {
  ...common,
  summary: "Send a webhook a test",
  params: idParams,
  body: z.unknown(),
  result: delivery,
});

export const deliveries = define("GET", `${path}/{id}/deliveries`, {
  ...common,
  summary: "What was and is to be sent to a webhook, newest first",
  params: idParams,
  query: page.extend({ state: z.enum(deliveryStates).optional() }),
  result: z.array(delivery),
});

export const redeliver = define("POST", `${path}/{id}/deliveries/{delivery}/redeliver`, {
  ...common,
  summary: "Send a delivery again, under the same id",
  params: idParams.extend({ delivery: reference }),
  body: z.unknown(),
  result: delivery,
});
