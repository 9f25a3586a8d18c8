import type { NodeCredential } from "#lib/domain/environments/credentials.ts";

/** What can be done to an environment; each answers why it was refused, or nothing. */
export type EnvironmentActs = {
  stop: () => Promise<string | undefined>;
  start: () => Promise<string | undefined>;
  remove: () => Promise<string | undefined>;
  /** Moves the end of its life; null: it has none. */
  extend: (expiresAt: string | null) => Promise<string | undefined>;
  retry: (node: string, remake: boolean) => Promise<string | undefined>;
  credentials: (node: string) => Promise<{ problem?: string; credentials: NodeCredential[] }>;
};
