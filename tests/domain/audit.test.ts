import { afterAll, beforeAll, expect, test } from "vitest";
import { contracts } from "#lib/api/contracts/index.ts";
import { driver } from "#lib/db/client.ts";
import { auditWords } from "#lib/model/audit-words.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "#tests/emulators/ec2/emulator.ts";
import { bodyFor, type Estate, pathOn, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let estate: Estate;
let cloud: Ec2Emulator;

beforeAll(async () => {
  cloud = await startEc2Emulator({ consistencyLagMs: 0 });
  process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  await cloud.close();
});

type Entry = { action: string; target: string | null; actor: string; details: unknown };
const auditOf = async (organisationId: string) =>
  (await driver()`select action, target, actor, details from audit where organisation_id = ${organisationId} order by id`) as unknown as Entry[];

/** These change a session of the asker's own, or nothing. */
const unaudited =
  /^POST \/(accounts\/(login|refresh|logout)|environments\/(\{id\}\/)?plan|organisations\/{id}\/enter)$|\/accounts\/sessions/;
/** These need a log-in or a link; tests/auth/passwords.test.ts and tests/domain/team.test.ts hold them. */
const elsewhere = / \/(accounts\/(?!register)|invitations\/accept)/;
const ec2 = { cloud_provider: "ec2", provider_name: "aws", ...EMULATED_KEY };
/** What needs another body, or a state, than the usual. */
const special: Record<string, unknown> = {
  "POST /providers": ec2,
  "POST /environments/{id}/nodes/{name}/retry": { remake: true },
};

const changing = contracts.filter(({ method, unsafeGet }) => method !== "GET" || unsafeGet);
const audited = changing
  .map((contract) => [`${contract.method} ${contract.path}`, contract] as const)
  .filter(([name]) => !unaudited.test(name) && !elsewhere.test(name));

test.each(audited)("%s is audited once, with who, what and on what, and without a secret", async (name, contract) => {
  estate = await seedEstate();
  if (name === "POST /accounts/register") return expect(await registered()).toEqual(["account.register"]);
  if (name === "PUT /providers/{id}" || name === "POST /providers/{id}/orphans/remove") {
    const made = await server.call("POST", "/providers", { token: estate.token, body: ec2 });
    estate.ids.providers = made.body[0].id;
  }
  // An environment that nobody uses keeps neither its provider nor its application.
  if (name === "DELETE /providers/{id}" || name === "DELETE /applications/{id}")
    await driver()`update environments set deleted_at = now() where id = ${estate.ids.environments!}`;
  const before = await auditOf(estate.ctx.organisation.id);
  const body = special[name] ?? bodyFor(contract, estate);
  const answer = await server.call(contract.method, pathOn(contract, estate), { token: estate.token, body });
  expect(answer.status, answer.text).toBe(200);
  const [entry, ...more] = (await auditOf(estate.ctx.organisation.id)).slice(before.length);
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ actor: estate.ctx.user.email, target: expect.stringMatching(/^[0-9a-f]{24}$/) });
  expect(entry!.action).toMatch(/^[a-z]+\.[a-z-]+$/);
  expect(auditWords[entry!.action], entry!.action).toBeDefined();
  const text = JSON.stringify(entry);
  for (const secret of [EMULATED_KEY.secretKey, "registry-password", answer.body.persistent_token ?? "none"])
    expect(text).not.toContain(secret);
});

async function registered(): Promise<string[]> {
  const contract = contracts.find(({ path }) => path === "/accounts/register")!;
  const { body } = await server.call("POST", "/accounts/register", { body: bodyFor(contract, estate) });
  const answer = await server.call("GET", "/audit", { token: body[0].persistent_token });
  return answer.body.map(({ action }: Entry) => action);
}

test("a look at credentials is audited too", async () => {
  estate = await seedEstate();
  const answer = await server.call("GET", `/environments/${estate.ids.environments}/nodes/web/credentials`, {
    token: estate.token,
  });
  expect(answer.body).toEqual([]);
  expect((await auditOf(estate.ctx.organisation.id)).at(-1)).toMatchObject({
    action: "credentials.read",
    details: { node: "web" },
  });
});

test("a verb that is refused leaves no entry", async () => {
  estate = await seedEstate();
  const before = await auditOf(estate.ctx.organisation.id);
  const { token } = estate;
  await server.call("DELETE", `/providers/${estate.providerId}`, { token });
  await server.call("PUT", `/environments/${estate.ids.environments}`, {
    token,
    body: { nodes: [{ name: "x", size: "small" }] },
  });
  await server.call("POST", "/applications", { token, body: { application_name: "" } });
  expect(await auditOf(estate.ctx.organisation.id)).toEqual(before);
});
