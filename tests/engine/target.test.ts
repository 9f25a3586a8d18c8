import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodes } from "#drizzle/schema/index.ts";
import { generateKeyPair, keyBlob } from "#lib/bootstrap/ssh/keys.ts";
import { db } from "#lib/db/client.ts";
import { takeHostKey } from "#lib/engine/target.ts";
import { seedAccount } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { type Cut, type KeyHost, startKeyHost } from "./key-host.ts";

const signal = AbortSignal.timeout(60_000);
const login = generateKeyPair("");
let server: TestServer;
let place: Place;

beforeAll(async () => {
  server = await startTestServer();
  place = await seedPlace((await seedAccount()).ctx);
});
afterAll(() => server.close());

/** A node whose server shows the first host key, and what CloudHero does at it with what it has kept. */
async function launched() {
  const first = generateKeyPair("");
  const host = await startKeyHost(first);
  const mine = eq(nodes.environmentId, await seedEnvironment(place));
  await db().update(nodes).set({ firstHostPublicKey: first.publicKey }).where(mine);
  const kept = async () => (await db().select().from(nodes).where(mine))[0]!;
  const accepted = async () => {
    const { hostKey, firstHostPublicKey, nextHostKey } = await kept();
    return [hostKey ?? firstHostPublicKey, nextHostKey].filter((key) => key !== null);
  };
  const take = async (cut: Cut | null) => {
    host.cut(cut);
    const place = { host: "127.0.0.1", port: host.port, username: "cloudhero", privateKey: login.privateKey };
    const target = { ...place, acceptHostKeys: await accepted(), timeoutMs: 5_000 };
    return takeHostKey(db(), await kept(), target, signal);
  };
  return { host, kept, accepted, take };
}

const isAccepted = (host: KeyHost, keys: string[]) => keys.map(keyBlob).includes(host.shown());

const cuts: Cut[] = ["before prepare", "after prepare", "before activate", "unshown activate", "after activate"];
const pairs = cuts.flatMap((one) => cuts.map((other): [Cut, Cut] => [one, other]));

test.concurrent.each(pairs)(
  "an exchange of host keys cut off %s, and then %s, keeps us in",
  async (...interruptions) => {
    const { host, kept, accepted, take } = await launched();
    try {
      for (const cut of interruptions) {
        await take(cut).catch(() => {});
        expect(isAccepted(host, await accepted())).toBe(true);
      }
      const { acceptHostKeys } = await take(null);
      expect(acceptHostKeys.map(keyBlob)).toEqual([host.shown()]);
      const { hostKey, nextHostKey, firstHostPublicKey } = await kept();
      expect([keyBlob(hostKey!), nextHostKey, firstHostPublicKey]).toEqual([host.shown(), null, null]);
    } finally {
      await host.close();
    }
  },
);

test("a next key that was never kept does not take the place of the one that is shown", async () => {
  const { host, kept, take } = await launched();
  try {
    await take("after activate").catch(() => {});
    const shown = host.shown();
    host.strand();
    await take(null);
    expect([host.shown(), keyBlob((await kept()).hostKey!)]).toEqual([shown, shown]);
  } finally {
    await host.close();
  }
});
