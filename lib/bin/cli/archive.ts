import { z } from "zod";

/**
 * A backup is a gzip of frames: a kind (one character), a length (32 bits, big endian) and so many bytes.
 * First H, the header; then for each table T, its name and columns, and D, pieces of its rows as Postgres' COPY writes
 * them; last E, with the SHA-256 of all frames before it. H, T and E are JSON.
 */
export type Frame = { kind: "H" | "T" | "D" | "E"; payload: Buffer };

export const FORMAT = "cloudhero-backup";
export const VERSION = 1;
export const frameHeadBytes = 5;
export const maxFrameBytes = 2 ** 20;

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  createdAt: z.string(),
  /** What made the schema, oldest first. */
  migrations: z.array(z.object({ hash: z.string(), when: z.number() })).min(1),
  /** Of the secret that seals the rows. */
  keyId: z.string(),
  /** That secret, where it is kept in the data folder; null: the operator keeps it. */
  secret: z.string().nullable(),
});
export type Header = z.infer<typeof headerSchema>;

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
export const tableSchema = z.object({
  table: name,
  columns: z.array(name).min(1),
  /** The last number that each column's sequence gave. */
  sequences: z.array(z.object({ column: name, last: z.string().regex(/^\d+$/) })),
});
export type Table = z.infer<typeof tableSchema>;

export const endSchema = z.object({ sha256: z.string(), rows: z.number(), tables: z.number() });
export type End = z.infer<typeof endSchema>;

/** A frame as bytes. */
export function frame(kind: Frame["kind"], payload: Buffer | object): Buffer {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  return Buffer.concat([frameHead(kind, body.length), body]);
}

export function frameHead(kind: Frame["kind"], length: number): Buffer {
  const head = Buffer.alloc(frameHeadBytes);
  head.write(kind, "latin1");
  head.writeUInt32BE(length, 1);
  return head;
}
