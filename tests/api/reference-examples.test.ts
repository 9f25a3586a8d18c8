import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reference } from "#lib/api/reference/chapters.ts";
import { exampleFor } from "#lib/api/reference/example.ts";
import type { Language } from "#lib/api/reference/request-code.ts";
import { sampleIds } from "#lib/api/reference/samples.ts";
import { type DigitalOceanEmulator, startDigitalOceanEmulator } from "#tests/emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, startEc2Emulator } from "#tests/emulators/ec2/emulator.ts";
import { seedProvider } from "#tests/support/environment.ts";
import { differences } from "#tests/support/reference/compare.ts";
import { maps } from "#tests/support/reference/decisions.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { contextOfToken } from "./reference-account.ts";

const run = promisify(execFile);
const topics = reference().flatMap((chapter) => chapter.topics);

/** In the order in which a reader meets them: the reference's fifteen, and what tells most of what was added. */
const order = [
  ...["register", "add-amazon-ec2", "add-digitalocean", "get-available-providers", "get-cloud-provider-metadata"],
  ...["create-an-application", "query-application-info"],
  ...["create-single-server", "create-multiple-servers", "create-docker-cluster"],
  ...["query-environment", "get-an-environment", "change-an-environment", "stop-all-servers", "start-all-servers"],
  ...["docker-hub", "make-a-token", "delete-all-servers"],
];

const hasPython = spawnSync("python3", ["-c", "import requests"]).status === 0;
const toJson = "import ast, json, sys; print(json.dumps(ast.literal_eval(sys.stdin.read())))";

const asUser = (env: Record<string, string>) => ({ env: env as NodeJS.ProcessEnv, timeout: 60_000 });

/** Runs an example as a reader would, with the token in its variable; answers what it printed. */
const ways: Record<Language, (code: string, env: Record<string, string>) => Promise<unknown>> = {
  shell: async (code, env) =>
    JSON.parse((await run("bash", ["-euc", code.replace("curl", "curl -s")], asUser(env))).stdout),
  python: async (code, env) => {
    const { stdout } = await run("python3", ["-c", code], asUser(env));
    return JSON.parse(spawnSync("python3", ["-c", toJson], { input: stdout, encoding: "utf8" }).stdout);
  },
  javascript: async (code, env) =>
    JSON.parse((await run(process.execPath, ["--input-type=module", "-e", code], asUser(env))).stdout),
};

let server: TestServer;
let ec2: Ec2Emulator;
let digitalOcean: DigitalOceanEmulator;
const printed: Partial<Record<Language, unknown[]>> = {};

beforeAll(async () => {
  ec2 = await startEc2Emulator();
  const key = { secretKey: "AWSSecretKey", arn: "arn:aws:iam::123456789012:user/reference" };
  ec2.state.accounts[0]!.keys.set("AWSAccessKey", key);
  digitalOcean = await startDigitalOceanEmulator();
  digitalOcean.state.tokens.add("DOaccesToken");
  process.env.CLOUDHERO_EC2_ENDPOINT = ec2.url;
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = digitalOcean.url;
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer();
});

afterAll(async () => {
  await server?.close();
  await ec2?.close();
  await digitalOcean?.close();
});

describe.each(["shell", "javascript", "python"] as const)("the examples in %s", (language) => {
  test.runIf(language !== "python" || hasPython)(
    "run one after the other as they stand, and each is answered",
    { timeout: 300_000 },
    async () => {
      printed[language] = await runAll(language);
      expect(printed[language]).toHaveLength(order.length);
    },
  );
});

test("in every language the same is answered", () => {
  // Which size is in which regions is the cloud's, and none like the other.
  for (const language of ["javascript", "python"] as const)
    for (const [index, answer] of (printed[language] ?? []).entries())
      if (order[index] !== "get-cloud-provider-metadata")
        expect(differences(answer, printed.shell?.[index], { maps }), `${order[index]} in ${language}`).toEqual([]);
});

async function runAll(language: Language): Promise<unknown[]> {
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire.
  const answers: any[] = [];
  const known = { token: "", provider: "", application: "", ec2: "", environment: "" };
  for (const id of order) {
    const topic = topics.find((one) => one.id === id)!;
    const asked = id === "get-cloud-provider-metadata" ? known.ec2 : known.provider;
    const reader = { origin: server.url, providerId: asked, applicationId: known.application };
    const { request } = exampleFor(topic, reader);
    const code = (request as Record<Language, string>)[language]
      .replaceAll("my@email.com", `${language}@example.com`)
      .replaceAll(sampleIds.environment, known.environment);
    const answer = await ways[language](code, { PATH: process.env.PATH ?? "", CLOUDHERO_TOKEN: known.token });
    answers.push(answer);
    // biome-ignore lint/suspicious/noExplicitAny: what came over the wire.
    const body = answer as any;
    const problems = (Array.isArray(body) ? body[0]?.errors : body.errors) ?? [];
    expect(problems, `${id} in ${language}:\n${code}`).toEqual([]);
    if (id === "register") {
      known.token = body[0].persistent_token;
      known.provider = await seedProvider(await contextOfToken(known.token));
    }
    if (id === "add-amazon-ec2") known.ec2 = body[0].id;
    if (id === "create-an-application") known.application = body[0].id;
    if (id === "create-multiple-servers") known.environment = body.environment;
  }
  return answers;
}
