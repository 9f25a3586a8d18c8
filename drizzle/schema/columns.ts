import { customType, text, timestamp } from "drizzle-orm/pg-core";
import { newId } from "#lib/ids.ts";

export const id = () =>
  text()
    .primaryKey()
    .$defaultFn(() => newId());
export const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow();
export const moment = () => timestamp({ withTimezone: true });

/** Text that is encrypted by lib/secrets.ts for its own row. */
export const sealed = customType<{ data: string }>({ dataType: () => "text" });
