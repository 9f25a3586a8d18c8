import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installation } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { type DigitalOceanEmulator, startDigitalOceanEmulator } from "#tests/emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, startEc2Emulator } from "#tests/emulators/ec2/emulator.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { differences } from "#tests/support/reference/compare.ts";
import { decisions, maps } from "#tests/support/reference/decisions.ts";
import { type Example, readReference, referenceThere } from "#tests/support/reference/read.ts";
import { type Called, startTestServer, type TestServer } from "#tests/support/server.ts";

const minutes = 60_000;
const examples = referenceThere ? readReference() : [];
if (!referenceThere) console.log("The reference is not beside the repository: its curl lines were not run.");

let server: TestServer;
let ec2: Ec2Emulator;
let digitalOcean: DigitalOceanEmulator;

/** What earlier answers said that the text's placeholders stand for. */
const known = { token: "", docker: "", ec2: "", application: "", environment: "" };
const made: string[] = [];

beforeAll(async () => {
  if (!referenceThere || !dockerAvailable) return;
  ec2 = await startEc2Emulator();
  const key = { secretKey: "AWSSecretKey", arn: "arn:aws:iam::123456789012:user/reference" };
  ec2.state.accounts[0]!.keys.set("AWSAccessKey", key);
  digitalOcean = await startDigitalOceanEmulator();
  digitalOcean.state.tokens.add("DOaccesToken");
  process.env.CLOUDHERO_EC2_ENDPOINT = ec2.url;
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = digitalOcean.url;
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer({ worker: true });
});

afterAll(async () => {
  if (server) await deleteAll().catch((error) => console.error(error));
  await server?.close();
  await ec2?.close();
  await digitalOcean?.close();
});

const send = (method: string, path: string, body?: unknown) => server.call(method, path, { token: known.token, body });

async function reaches(id: string, state: string, timeoutMs = 10 * minutes): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (id === "") throw new Error("The environment was not made.");
    const { body } = await send("GET", `/environments/${id}`);
    if (body.state === state) return;
    if (body.errors || Date.now() > deadline || body.state === "failed")
      throw new Error(`not ${state}: ${JSON.stringify(body)}`);
    await sleep(1_000);
  }
}

/** Who reads from the top goes on with the environment that was made last. */
function noteEnvironment(id: string): void {
  made.push(id);
  known.environment = id;
}

/** The example's request with what its placeholders stand for, and nothing else changed. */
function filledIn({ title, path, headers, body }: Example): {
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
} {
  const values: [RegExp, string][] = [
    [/"(provider_id"\s*:\s*")[0-9a-f]{24}"/g, `"$1${known.docker}"`],
    [/("region"\s*:\s*)"region"/g, '$1"local"'],
    [/"env_name"/g, JSON.stringify(title)],
    [/"pkg_name"/g, '"nginx"'],
    [/("size"\s*:\s*)"size"/g, '$1"small"'],
  ];
  const filled = path
    .replace("cloud_provider_id", known.ec2)
    .replace("application_id", known.application)
    .replace("environment_id", known.environment);
  const sent = Object.entries(headers).map(([name, value]) => [name, value === "meowmeowmeow" ? known.token : value]);
  return {
    path: filled,
    headers: Object.fromEntries(sent),
    body: body && values.reduce((text, [placeholder, value]) => text.replace(placeholder, value), body),
  };
}

/** What has to be there before the text's next line can be run as it stands. */
const before: Record<string, () => Promise<unknown>> = {
  // The example lists two EC2 providers.
  "Get available providers": () =>
    send("POST", "/providers", {
      cloud_provider: "ec2",
      provider_name: "second-provider",
      accessKey: "AWSAccessKey",
      secretKey: "AWSSecretKey",
    }),
  "Create single server": async () => {
    const docker = { cloud_provider: "docker", provider_name: "laptop", host: "unix:///var/run/docker.sock" };
    known.docker = (await send("POST", "/providers", docker)).body.id;
  },
  "Query environment": () => reaches(known.environment, "running"),
  "Start all servers": () => reaches(known.environment, "stopped", 3 * minutes),
  "Delete all servers": () => reaches(known.environment, "running", 3 * minutes),
};

/** What an answer tells of the placeholders that come later. */
const after: Record<string, (answer: Called) => unknown> = {
  Register: ({ body }) => Object.assign(known, { token: body[0].persistent_token }),
  "Add Amazon EC2": ({ body }) => Object.assign(known, { ec2: body[0].id }),
  "Create an application": ({ body }) => Object.assign(known, { application: body[0].id }),
  "Create single server": ({ body }) => noteEnvironment(body.environment),
  "Create multiple servers": ({ body }) => noteEnvironment(body.environment),
  "Create Docker cluster": ({ body }) => noteEnvironment(body.environment),
  "Delete all servers": () => reaches(known.environment, "deleted", 3 * minutes),
};

test.runIf(referenceThere)(
  "all of the reference's curl lines are found, and every decision is about one of them",
  () => {
    expect(examples).toHaveLength(15);
    for (const { title } of decisions) expect(examples.map((example) => example.title)).toContain(title);
  },
);

describe.runIf(referenceThere && dockerAvailable)(
  "the reference's curl lines, in order, answer in the shape that it shows",
  () => {
    for (const example of examples) {
      const decision = decisions.find(({ title }) => title === example.title);
      test(`${example.title}: ${example.method} ${example.path}`, { timeout: 15 * minutes }, async () => {
        await before[example.title]?.();
        const { path, headers, body } = filledIn(example);
        expect(`${path}${body}`).not.toMatch(/_id\b(?!")|"env_name"|"pkg_name"|"size": *"size"|undefined\//);
        const answer = await server.call(example.method, path, { headers, body });
        expect(answer.status, answer.text).toBe(200);
        await after[example.title]?.(answer);
        const meant = decision ? decision.meant(example.answer) : example.answer;
        expect(differences(answer.body, JSON.parse(meant), { maps })).toEqual([]);
        if (decision) expect(matches(answer.body, example.answer), `needless: ${decision.reason}`).toBe(false);
      });
    }
  },
);

describe.runIf(referenceThere && dockerAvailable)("afterwards", () => {
  test("nothing of it is left on the engine", { timeout: 6 * minutes }, async () => {
    expect(made).toHaveLength(3);
    await deleteAll();
    const [ours] = await db().select().from(installation);
    const filters = { label: [`io.cloudhero.installation=${ours!.id}`] };
    const engine = new Docker();
    expect(await engine.listContainers({ all: true, filters })).toEqual([]);
    expect(await engine.listNetworks({ filters })).toEqual([]);
    expect((await engine.listVolumes({ filters: JSON.stringify(filters) as never })).Volumes ?? []).toEqual([]);
  });
});

async function deleteAll(): Promise<void> {
  for (const id of made) await send("DELETE", `/environments/${id}`);
  for (const id of made) await reaches(id, "deleted", 5 * minutes);
}

/** Whether the example holds as it stands. */
function matches(actual: unknown, example: string): boolean {
  try {
    return differences(actual, JSON.parse(example), { maps }).length === 0;
  } catch {
    return false;
  }
}
