import { z } from "zod";
import { ID_PATTERN } from "#lib/ids.ts";
import { roles } from "#lib/model/roles.ts";

export const id = z.string().regex(ID_PATTERN, "24 lower-case hexadecimal characters");
/** An id in a request: any text, because what does not exist is 404 and not malformed. */
export const reference = z.string().trim().min(1).max(64);
export const name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(64, "has 64 characters at the most")
  .regex(/^\P{Cc}*$/u, "has a control character");
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email("is not an e-mail address"));
export const password = z.string().min(10, "must have at least 10 characters").max(1024);
export const role = z.enum(roles);
export const moment = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.string());
export const idParams = z.object({ id: reference });
export const done = z.object({ success: z.boolean() });

/** Paging: `limit` rows after `cursor`, which is the last id seen. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: id.optional(),
});

/** How many seconds the answer may be held until a rest state. */
export const wait = z.object({ wait: z.coerce.number().int().min(1).max(900).optional() });
