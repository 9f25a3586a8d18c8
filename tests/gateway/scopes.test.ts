import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { callerOfToken } from "#lib/gateway/caller-by-token.ts";
import type { Scope } from "#lib/model/scopes.ts";
import { type Estate, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let estate: Estate;

beforeAll(async () => {
  server = await startTestServer();
  estate = await seedEstate();
});
afterAll(() => server.close());

async function caller(scopes: Scope[] | undefined) {
  const { token } = await createToken(estate.ctx, { name: "client", scopes });
  const request = { headers: { authorization: `Bearer ${token}` }, socket: { remoteAddress: "127.0.0.1" } };
  return callerOfToken(db(), request as unknown as IncomingMessage, estate.ids.environments!);
}

test("a token that is not for Docker is refused by the Docker endpoint, whatever else it is for", async () => {
  for (const scopes of [["environments:write"], ["team", "providers:write"]] as Scope[][])
    await expect(caller(scopes)).rejects.toMatchObject({ status: 403, message: "This token is not for docker." });
  for (const scopes of [["docker"], undefined] as (Scope[] | undefined)[])
    expect(await caller(scopes)).toMatchObject({ environmentId: estate.ids.environments });
});
