import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { providerFacts } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { practiceFile } from "#lib/practice.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";

const ROLE = "arn:aws:iam::123456789012:role/cloudhero";
const folder = mkdtempSync(join(tmpdir(), "cloudhero-accounts-"));
let server: TestServer;
let amazon: Ec2Emulator;
let ocean: DigitalOceanEmulator;
let first: Account;
let second: Account;

beforeAll(async () => {
  process.env.CLOUDHERO_DATA_DIR = folder;
  // The SDK is never to look for an identity outside of this machine.
  process.env.AWS_EC2_METADATA_DISABLED = "true";
  amazon = await startEc2Emulator({ consistencyLagMs: 0 });
  ocean = await startDigitalOceanEmulator();
  process.env.CLOUDHERO_EC2_ENDPOINT = amazon.url;
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = ocean.url;
  server = await startTestServer();
  first = await seedAccount();
  second = await seedAccount();
});
beforeEach(() => {
  amazon.behaviour.denied.clear();
  amazon.behaviour.roles.clear();
});
afterAll(async () => {
  await server.close();
  await amazon.close();
  await ocean.close();
  rmSync(folder, { recursive: true });
});

const add = ({ token }: Account, fields: object) =>
  server.call("POST", "/providers", { token, body: { provider_name: `cloud ${newId()}`, ...fields } });
const addAmazon = (account: Account, fields: object = EMULATED_KEY) =>
  add(account, { cloud_provider: "ec2", ...fields });
const get = (path: string, { token } = first) => server.call("GET", path, { token });

describe("what credentials are allowed", () => {
  test("is tried when they are added, and again when they are changed: each missing permission is named", async () => {
    for (const one of ["ec2:RunInstances", "ec2:ImportKeyPair"]) amazon.behaviour.denied.add(one);
    const added = await addAmazon(first);
    expect(added.status, added.text).toBe(200);
    const [{ id, missing_permissions }] = added.body;
    expect(missing_permissions.toSorted()).toEqual(["ec2:ImportKeyPair", "ec2:RunInstances"]);
    expect((await get(`/providers/${id}`)).body.missing_permissions).toHaveLength(2);
    amazon.behaviour.denied.clear();
    const changed = await server.call("PUT", `/providers/${id}`, { token: first.token, body: EMULATED_KEY });
    expect(changed.body.missing_permissions).toEqual([]);
  });

  test("and must be: the least is a policy that IAM takes as it is answered, of a provider or of a type", async () => {
    const [{ id }] = (await addAmazon(first, { ...EMULATED_KEY, network: "own" })).body;
    const actions = (policy: { Statement: { Action: string[] }[] }) => policy.Statement.flatMap(({ Action }) => Action);
    const own = (await get(`/providers/${id}/policy`)).body;
    expect(own.Version).toBe("2012-10-17");
    expect(actions(own)).toContain("ec2:CreateVpc");
    expect(actions((await get(`/providers/${id}/policy?network=default`)).body)).not.toContain("ec2:CreateVpc");
    expect(actions((await get("/providers/ec2/policy")).body)).not.toContain("ec2:CreateVpc");
    expect((await get("/providers/digital_ocean/policy")).body.scopes).toContain("droplet:create");
    expect((await get("/providers/docker/policy")).status).toBe(404);
    expect((await get(`/providers/${id}/policy`, second)).status).toBe(404);
  });
});

test("a setting that its cloud does not have is named, not passed over", async () => {
  const mistyped = await addAmazon(first, { ...EMULATED_KEY, diskGib: "40" });
  expect([mistyped.status, mistyped.body.errors[0].field]).toEqual([422, "diskGib"]);
  expect(mistyped.body.errors[0].message).toContain("disk_gib");
});

describe("a role", () => {
  test("is assumed with an external ID that is the organisation's own, made by us and never a request's", async () => {
    const refused = await addAmazon(first, { ...EMULATED_KEY, role_arn: ROLE });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, "role_arn"]);
    const told = /external ID (cloudhero-[0-9a-f]{32})/.exec(refused.body.errors[0].message)?.[1] ?? "";
    amazon.behaviour.roles.set(ROLE, told);
    const added = await addAmazon(first, { ...EMULATED_KEY, role_arn: ROLE });
    expect(added.status, added.text).toBe(200);
    expect(added.body[0].provider_meta).toMatchObject({ role_arn: ROLE, external_id: told });
    const stranger = await addAmazon(second, { ...EMULATED_KEY, role_arn: ROLE });
    expect(stranger.status).toBe(422);
    expect(stranger.text).not.toContain(told);
    const bold = await addAmazon(second, { ...EMULATED_KEY, role_arn: ROLE, external_id: told });
    expect([bold.status, bold.body.errors[0].field]).toEqual([422, "external_id"]);
  });

  test("is assumed from CloudHero's own identity only where its operator allows it, whatever a request says", async () => {
    const told = /cloudhero-[0-9a-f]{32}/.exec((await addAmazon(first, { ...EMULATED_KEY, role_arn: ROLE })).text)![0];
    amazon.behaviour.roles.set(ROLE, told);
    process.env.AWS_ACCESS_KEY_ID = EMULATED_KEY.accessKey;
    process.env.AWS_SECRET_ACCESS_KEY = EMULATED_KEY.secretKey;
    try {
      for (const fields of [{ role_arn: ROLE }, { role_arn: ROLE, identity: "machine" }, { identity: "machine" }]) {
        const refused = await addAmazon(first, fields);
        expect([refused.status, refused.body.errors[0].field]).toEqual([422, "accessKey"]);
      }
      process.env.CLOUDHERO_AWS_IDENTITY = "1";
      const roleless = await addAmazon(first, { identity: "machine" });
      expect([roleless.status, roleless.body.errors[0].field]).toEqual([422, "accessKey"]);
      const added = await addAmazon(first, { role_arn: ROLE });
      expect(added.status, added.text).toBe(200);
      expect((await get(`/providers/${added.body[0].id}/meta`)).status).toBe(200);
      delete process.env.AWS_ACCESS_KEY_ID;
      const lost = await addAmazon(second, { role_arn: ROLE });
      expect([lost.status, lost.body.errors[0].field]).toEqual([422, "role_arn"]);
    } finally {
      for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "CLOUDHERO_AWS_IDENTITY"])
        delete process.env[name];
    }
  });
});

describe("a practice cloud", () => {
  let real: Ec2Emulator;
  const practise = (account: Account, cloud_provider: string) => add(account, { cloud_provider, practice: true });

  beforeEach(async () => {
    // What stands for the real cloud here: nothing of practice may reach it.
    real = await startEc2Emulator();
    process.env.CLOUDHERO_EC2_ENDPOINT = real.url;
    const clouds = {
      ec2: { endpoint: amazon.url, settings: EMULATED_KEY },
      digital_ocean: { endpoint: ocean.url, settings: { access_token: EMULATED_TOKEN } },
    };
    writeFileSync(practiceFile(), JSON.stringify({ backed: false, clouds }));
  });
  afterEach(async () => {
    rmSync(practiceFile(), { force: true });
    process.env.CLOUDHERO_EC2_ENDPOINT = amazon.url;
    await real.close();
  });

  test("is a flag of one provider alone: that one never reaches the real cloud, and a real one never the practice", async () => {
    const added = await practise(first, "ec2");
    expect(added.status, added.text).toBe(200);
    expect(added.body[0]).toMatchObject({ simulated: true, provider_type: "ec2" });
    expect((await get(`/providers/${added.body[0].id}/meta`)).status).toBe(200);
    expect(real.calls).toEqual([]);
    const practised = amazon.calls.length;
    const earnest = await addAmazon(first);
    expect(earnest.body[0].simulated).toBe(false);
    expect(real.calls.length).toBeGreaterThan(0);
    expect(amazon.calls).toHaveLength(practised);
    const pretender = await addAmazon(first, { ...EMULATED_KEY, practice: "yes" });
    expect([pretender.status, pretender.body.errors[0].field]).toEqual([422, "practice"]);
    for (const practice of ["yes", true]) {
      const body = { practice, provider_name: "other" };
      const turned = await server.call("PUT", `/providers/${earnest.body[0].id}`, { token: first.token, body });
      expect(turned.status, turned.text).toBe(422);
    }
    expect((await get(`/providers/${earnest.body[0].id}`)).body.simulated).toBe(false);
    expect((await practise(first, "digital_ocean")).body.simulated).toBe(true);
    expect((await practise(first, "docker")).status).toBe(422);
  });

  test("that does not run says so, and its provider is there when it runs again elsewhere", async () => {
    const [{ id }] = (await practise(first, "ec2")).body;
    await db().delete(providerFacts).where(eq(providerFacts.providerId, id));
    const running = practiceFile();
    rmSync(running);
    const away = await get(`/providers/${id}/meta`);
    expect([away.status, away.body.errors[0].message]).toEqual([502, expect.stringContaining("npm run emulators")]);
    expect((await practise(first, "ec2")).status).toBe(422);
    const elsewhere = { endpoint: real.url, settings: EMULATED_KEY };
    writeFileSync(running, JSON.stringify({ backed: false, clouds: { ec2: elsewhere, digital_ocean: elsewhere } }));
    expect((await get(`/providers/${id}/meta`)).status).toBe(200);
  });

  test("is for the first account alone, as its servers are this machine's, unless the operator says otherwise", async () => {
    expect((await practise(second, "ec2")).status).toBe(403);
    process.env.CLOUDHERO_DOCKER_SHARED = "1";
    expect((await practise(second, "ec2")).status).toBe(200);
    delete process.env.CLOUDHERO_DOCKER_SHARED;
  });
});

describe("regions and sizes", () => {
  const age = (id: string, minutes: number) =>
    db()
      .update(providerFacts)
      .set({ fetchedAt: new Date(Date.now() - minutes * 60_000) })
      .where(eq(providerFacts.providerId, id));

  test("are kept, renewed behind the answer when they are old, and waited for when they are very old", async () => {
    const [{ id }] = (await addAmazon(first)).body;
    const meta = `/providers/${id}/meta`;
    expect((await get(meta)).body.age_seconds).toBe(0);
    const asked = amazon.calls.length;
    await get(meta);
    expect(amazon.calls).toHaveLength(asked);
    await age(id, 30);
    expect((await get(meta)).body.age_seconds).toBeGreaterThanOrEqual(1_800);
    await expect.poll(async () => (await get(meta)).body.age_seconds).toBeLessThan(60);
    await age(id, 2 * 24 * 60);
    expect((await get(meta)).body.age_seconds).toBe(0);
  });

  test("outlive a cloud that does not answer", async () => {
    const [{ id }] = (await addAmazon(first)).body;
    await get(`/providers/${id}/meta`);
    await age(id, 2 * 24 * 60);
    amazon.behaviour.denied.add("ec2:DescribeRegions");
    const answer = await get(`/providers/${id}/meta`);
    expect([answer.status, answer.body.age_seconds > 100_000]).toEqual([200, true]);
  });

  test("of one region have its prices where the key may read them, and none where it may not", async () => {
    const [{ id }] = (await addAmazon(first)).body;
    const abroad = (await get(`/providers/${id}/meta?region=eu-west-1`)).body;
    expect(Object.keys(abroad.locations)).toEqual(["eu-west-1"]);
    expect(abroad.sizes["General Purpose"]["t3.small"].pricePerHour).toBeGreaterThan(0);
    expect(abroad.sizes["General Purpose"]["m3.large"]).toBeUndefined();
    expect(abroad.choices).toMatchObject({ images: ["debian-12", "ubuntu-24.04"], network: true });
    amazon.behaviour.denied.add("pricing:GetProducts");
    const [{ id: poorer }] = (await addAmazon(first, { ...EMULATED_KEY, image: "debian-12" })).body;
    const unpriced = (await get(`/providers/${poorer}/meta?region=eu-west-1`)).body;
    expect(unpriced.sizes["General Purpose"]["t3.small"].pricePerHour).toBeUndefined();
    expect((await get(`/providers/${id}/meta?region=nowhere`)).status).toBe(422);
  });
});
