import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authorities } from "#drizzle/schema/index.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { db } from "#lib/db/client.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const dayMs = 86_400_000;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Who signs and who is trusted, by their turns, when the first has so many days left. */
async function withDaysLeft(days: number) {
  const first = and(isNull(authorities.environmentId), eq(authorities.turn, 1));
  const expiresAt = new Date(Date.now() + days * dayMs);
  await db().update(authorities).set({ expiresAt }).where(first);
  const { signer, trusted } = await trustOf(db(), null);
  const rows = await db().select().from(authorities).where(isNull(authorities.environmentId));
  const turnOf = ({ id }: { id: string }) => rows.find((row) => row.id === id)!.turn;
  return { signs: turnOf(signer), trusted: trusted.map(turnOf) };
}

test("an authority's successor is trusted half a year before it signs, and the first until it ends", async () => {
  const [one, other] = await Promise.all([trustOf(db(), null), trustOf(db(), null)]);
  expect(one.signer.id).toBe(other.signer.id);
  expect(await withDaysLeft(400)).toEqual({ signs: 1, trusted: [1] });
  expect(await withDaysLeft(300)).toEqual({ signs: 1, trusted: [1, 2] });
  expect(await withDaysLeft(100)).toEqual({ signs: 2, trusted: [1, 2] });
  expect(await withDaysLeft(-1)).toEqual({ signs: 2, trusted: [2] });
});
