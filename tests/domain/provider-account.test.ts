import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environments, providers } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { node, seedApplication, seedEnvironment } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";

const OURS = "123456789012";
const THEIRS = "999999999999";
const OTHER_KEY = { accessKey: "AKIAOFTHESAME0000000", secretKey: "another key of the same account 0000000" };
const STRANGE_KEY = { accessKey: "AKIASTRANGER00000000", secretKey: "a key of quite another account 00000000" };

const folder = mkdtempSync(join(tmpdir(), "cloudhero-engine-"));
const host = `unix://${folder}/engine.sock`;
let server: TestServer;
let amazon: Ec2Emulator;
let ocean: DigitalOceanEmulator;
let engine: Server;
let team: Account;
/** What the engine says of itself, and what it was asked. */
let info: Record<string, unknown>;
let asked: string[] = [];

beforeAll(async () => {
  amazon = await startEc2Emulator({ consistencyLagMs: 0 });
  ocean = await startDigitalOceanEmulator();
  const key = (secretKey: string, id: string) => ({ secretKey, arn: `arn:aws:iam::${id}:user/other` });
  amazon.state.accounts[0]!.keys.set(OTHER_KEY.accessKey, key(OTHER_KEY.secretKey, OURS));
  const keys = new Map([[STRANGE_KEY.accessKey, key(STRANGE_KEY.secretKey, THEIRS)]]);
  amazon.state.accounts.push({ id: THEIRS, regions: new Map(), keys });
  engine = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(info));
  });
  await new Promise<void>((resolve) => engine.listen(`${folder}/engine.sock`, resolve));
  process.env.CLOUDHERO_EC2_ENDPOINT = amazon.url;
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = ocean.url;
  process.env.CLOUDHERO_DOCKER_HOST = host;
  process.env.CLOUDHERO_DOCKER_SHARED = "true";
  server = await startTestServer();
});
beforeEach(async () => {
  info = { ID: "ENGINE", Name: "laptop", ServerVersion: "20.10", OSType: "linux", NCPU: 2, MemTotal: 4e9 };
  asked = [];
  team = await seedAccount();
});
afterAll(async () => {
  delete process.env.CLOUDHERO_DOCKER_SHARED;
  await server.close();
  await amazon.close();
  await ocean.close();
  await new Promise((resolve) => engine.close(resolve));
  rmSync(folder, { recursive: true });
});

async function add(fields: object): Promise<string> {
  const body = { provider_name: `cloud ${newId()}`, ...fields };
  const added = await server.call("POST", "/providers", { token: team.token, body });
  expect(added.status, added.text).toBe(200);
  return [added.body].flat()[0].id;
}
const addAmazon = () => add({ cloud_provider: "ec2", ...EMULATED_KEY });
const addEngine = () => add({ cloud_provider: "docker", host });

const change = (id: string, body: object) => server.call("PUT", `/providers/${id}`, { token: team.token, body });
const rowOf = async (id: string) => (await db().select().from(providers).where(eq(providers.id, id)))[0]!;

async function live(providerId: string, region: string, size: string, ctx = team.ctx): Promise<string> {
  const place = { ctx, providerId, applicationId: await seedApplication(team.ctx) };
  return seedEnvironment(place, { region, name: "staging", nodes: [node("web", { size })] });
}
const liveInAmazon = (providerId: string) => live(providerId, "eu-west-1", "t3.small");
const end = (id: string) => db().update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, id));

describe("a provider's account", () => {
  test("is remembered; another key of it is taken while environments live", async () => {
    const id = await addAmazon();
    expect((await rowOf(id)).account).toBe(OURS);
    await liveInAmazon(id);
    const changed = await change(id, OTHER_KEY);
    expect(changed.status, changed.text).toBe(200);
    expect(changed.body.provider_meta.accessKey).toBe(OTHER_KEY.accessKey);
    expect((await rowOf(id)).account).toBe(OURS);
  });

  test("is not left while an environment lives there: 409 names both and what to do, and nothing changes", async () => {
    const id = await addAmazon();
    const environment = await liveInAmazon(id);
    const before = await rowOf(id);
    const refused = await change(id, { ...STRANGE_KEY, provider_name: "renamed" });
    expect([refused.status, refused.body.errors[0].code]).toEqual([409, "conflict"]);
    expect(refused.body.errors[0].field).toBe("accessKey");
    for (const told of [OURS, THEIRS, "staging", "Delete", "AWS account"])
      expect(refused.body.errors[0].message).toContain(told);
    expect(await rowOf(id)).toEqual(before);
    await db().update(environments).set({ wish: "delete" }).where(eq(environments.id, environment));
    expect((await change(id, STRANGE_KEY)).status).toBe(409);
    await end(environment);
    expect((await change(id, STRANGE_KEY)).status).toBe(200);
    expect((await rowOf(id)).account).toBe(THEIRS);
  });

  test("is of one cloud for good: another cloud is refused by its field, and nothing changes", async () => {
    const id = await addAmazon();
    const before = await rowOf(id);
    for (const cloud_provider of ["digitalocean", "docker", "azure"]) {
      const refused = await change(id, { cloud_provider, provider_name: "renamed" });
      expect([refused.status, refused.body.errors[0].field]).toEqual([422, "cloud_provider"]);
    }
    expect(await rowOf(id)).toEqual(before);
    expect((await change(id, { cloud_provider: "ec2", provider_name: `again ${newId()}` })).status).toBe(200);
  });

  test("that is not known yet is learnt from the next credentials that work, and held from then on", async () => {
    const id = await addAmazon();
    await liveInAmazon(id);
    await db().update(providers).set({ account: null }).where(eq(providers.id, id));
    expect((await change(id, {})).status).toBe(200);
    expect((await rowOf(id)).account).toBe(OURS);
    expect((await change(id, STRANGE_KEY)).status).toBe(409);
  });

  test("is kept for an environment that is being made while the credentials change", async () => {
    const id = await addAmazon();
    await server.call("GET", `/providers/${id}/meta`, { token: team.token });
    const calls = amazon.calls.length;
    let changing: ReturnType<typeof change> | undefined;
    await db().transaction(async (tx) => {
      await live(id, "eu-west-1", "t3.small", { ...team.ctx, db: tx });
      changing = change(id, STRANGE_KEY);
      await expect.poll(() => amazon.calls.length).toBeGreaterThan(calls);
      await Promise.race([changing, new Promise((resolve) => setTimeout(resolve, 1_500))]);
    });
    expect((await changing)?.status).toBe(409);
  });

  test("is a DigitalOcean token's team, whichever member it is of", async () => {
    const id = await add({ cloud_provider: "digital_ocean", access_token: EMULATED_TOKEN });
    await live(id, "fra1", "s-1vcpu-1gb");
    const { team: usual } = ocean.behaviour;
    expect((await rowOf(id)).account).toBe(usual);
    ocean.behaviour.team = "another-team";
    const refused = await change(id, { access_token: EMULATED_TOKEN });
    ocean.behaviour.team = usual;
    expect([refused.status, refused.body.errors[0].field]).toEqual([409, "access_token"]);
    expect((await change(id, { access_token: EMULATED_TOKEN })).status).toBe(200);
  });
});

describe("a Docker engine", () => {
  test("that is another one at the same address is refused, when it is checked too, while environments live", async () => {
    const id = await addEngine();
    const environment = await live(id, "local", "small");
    info.ID = "WIPED";
    for (const body of [{ host }, {}]) {
      const refused = await change(id, body);
      expect([refused.status, refused.body.errors[0].field]).toEqual([409, "host"]);
      for (const told of ["Docker engine", "ENGINE", "WIPED", "staging"])
        expect(refused.body.errors[0].message).toContain(told);
    }
    expect((await rowOf(id)).account).toBe("ENGINE");
    await end(environment);
    expect((await change(id, {})).status).toBe(200);
    expect((await rowOf(id)).account).toBe("WIPED");
  });

  test("is not asked for a new name, and its trouble stays", async () => {
    const id = await addEngine();
    await live(id, "local", "small");
    const trouble = "The engine is away.";
    await db().update(providers).set({ trouble }).where(eq(providers.id, id));
    info.ID = "WIPED";
    asked = [];
    for (const body of [{ provider_name: "renamed" }, { provider_name: "renamed again", host }]) {
      const renamed = await change(id, body);
      expect(renamed.status, renamed.text).toBe(200);
      expect(renamed.body).toMatchObject({ name: body.provider_name, trouble });
    }
    expect(asked).toEqual([]);
    expect((await rowOf(id)).account).toBe("ENGINE");
  });

  test("that makes up an ID for each answer, as Podman does, goes by its host's name", async () => {
    info = { ...info, BuildahVersion: "1.39.0", ID: "one" };
    const id = await addEngine();
    await live(id, "local", "small");
    info.ID = "two";
    expect((await change(id, {})).status).toBe(200);
    expect((await rowOf(id)).account).toBe("laptop");
  });
});
