import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { curlOf } from "#components/environments/new/curl.ts";
import type { Draft } from "#components/environments/new/draft.ts";
import { readYaml, yamlOf } from "#components/environments/new/yaml.ts";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { type Place, seedApplication, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let owner: Account;
let place: Place;
let draft: Draft;

beforeAll(async () => {
  server = await startTestServer();
  owner = await seedAccount();
  place = await seedPlace(owner.ctx);
  draft = {
    applicationId: place.applicationId,
    applicationName: "",
    providerId: place.providerId,
    region: "local",
    environment: 'it\'s "$HOME" `no`: #1',
    heal: true,
    protected: true,
    ttl: "",
    schedule: { days: [1, 2], start: "08:00", stop: "18:00", timeZone: "Europe/Berlin" },
    image: "debian-12",
    network: "",
    subnet: "",
    disk: "",
    nodes: [
      { key: 1, name: "web", size: "small", packages: ["nginx"], open: "80, 443 from 203.0.113.0/24" },
      { key: 2, name: "db", size: "medium", packages: [], open: "" },
    ],
  };
});
afterAll(() => server.close());

/** What was wished, without what is each environment's own. */
async function wishOf(id: string) {
  const [row] = await db().select().from(environments).where(eq(environments.id, id));
  const servers = await db().select().from(nodes).where(eq(nodes.environmentId, id)).orderBy(asc(nodes.position));
  const { providerId, region, name, heal, image, network, subnet, diskGib, schedule, protected: kept } = row!;
  return {
    ...{ providerId, region, name, heal, image, network, subnet, diskGib, schedule, kept },
    nodes: servers.map(({ name, size, packages, expose }) => ({ name, size, packages, expose })),
  };
}

test("the curl line and the YAML that the form shows make the same environment, whatever it is called", async () => {
  const line = curlOf(draft, server.url);
  const [, url] = /^curl '([^']+)'/.exec(line)!;
  const [, quoted] = /-d '([\s\S]*)'$/.exec(line)!;
  const byCurl = await server.call("POST", new URL(url!).pathname, {
    token: owner.token,
    body: quoted!.replaceAll("'\\''", "'"),
    headers: { "content-type": "application/json" },
  });
  expect(byCurl.status, byCurl.text).toBe(200);

  const other = await seedApplication(owner.ctx);
  const { value } = await readYaml(yamlOf(draft));
  const byYaml = await server.call("POST", `/applications/${other}/environments`, { token: owner.token, body: value });
  expect(byYaml.status, byYaml.text).toBe(200);

  const [one, two] = [await wishOf(byCurl.body.environment), await wishOf(byYaml.body.environment)];
  expect(one).toEqual(two);
  expect(one).toMatchObject({ name: draft.environment, heal: true, kept: true, image: "debian-12" });
  expect(one.nodes[0]!.expose).toEqual([
    { port: 80, cidr: "0.0.0.0/0" },
    { port: 443, cidr: "203.0.113.0/24" },
  ]);
});
