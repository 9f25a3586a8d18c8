import {
  authorityPlace,
  credentialPlace,
  environmentKeyPlace,
  hostKeyPlace,
  idempotencyPlace,
  previousWebhookSecretPlace,
  registryPasswordPlace,
  webhookSecretPlace,
} from "#lib/model/places.ts";
import { secretsPlace } from "#lib/providers/sealed.ts";

/** A column of sealed values, in the database's own names. */
export type SealedColumn = {
  table: string;
  column: string;
  primaryKey: string[];
  /** What `place` needs beside the primary key. */
  also: string[];
  /** Where a row's value is sealed, a null being empty text; null where nobody can know any more, so nobody opens it. */
  place(values: string[]): string | null;
};

/** Every column of the schema that holds sealed values; held to that by a test. */
export const sealedColumns: SealedColumn[] = [
  byId("providers", "secrets", secretsPlace),
  byId("environments", "private_key", environmentKeyPlace),
  byId("authorities", "private_key", authorityPlace),
  byId("integrations", "password", registryPasswordPlace),
  byId("webhooks", "secret", webhookSecretPlace),
  byId("webhooks", "previous_secret", previousWebhookSecretPlace),
  {
    table: "nodes",
    column: "first_host_key",
    primaryKey: ["id"],
    also: ["attempt"],
    // An attempt that was given up takes its host key with it.
    place: ([id, attempt]) => (attempt ? hostKeyPlace(id!, attempt) : null),
  },
  {
    table: "credentials",
    column: "password",
    primaryKey: ["node_id", "package"],
    also: [],
    place: ([nodeId, name]) => credentialPlace(nodeId!, name!),
  },
  {
    table: "idempotency",
    column: "body",
    primaryKey: ["organisation_id", "key"],
    also: [],
    place: ([organisationId, key]) => idempotencyPlace(organisationId!, key!),
  },
];

function byId(table: string, column: string, place: (id: string) => string): SealedColumn {
  return { table, column, primaryKey: ["id"], also: [], place: ([id]) => place(id!) };
}
