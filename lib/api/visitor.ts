import type { Visitor } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";
import { addressOf } from "./address.ts";

/** Who asks, as far as a request's headers tell before anybody is known. */
export function visitorOf(headers: Headers): Visitor {
  return { db: db(), address: addressOf(new Request("http://localhost/", { headers })) };
}
