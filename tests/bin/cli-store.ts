import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type postgres from "postgres";
import { inject } from "vitest";
import { keptSecret } from "#lib/bin/secret.ts";
import { openDatabase } from "#lib/db/client.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { migrate } from "#lib/db/migrate.ts";
import { sealedColumns } from "#lib/domain/operator/sealed-columns.ts";
import { newId } from "#lib/ids.ts";
import { openVault, type Vault } from "#lib/secrets.ts";

/** Of all processes here; they start with the compiled code that `npm run` keeps. */
const shared = {
  PATH: process.env.PATH,
  CLOUDHERO_LOG_LEVEL: "fatal",
  NODE_COMPILE_CACHE: join(process.cwd(), "node_modules/.cache/node"),
};

export type Ended = { code: number | null; stdout: string; stderr: string };

/** An empty data folder of its own; gone when `drop` returns. */
export function dataFolder(): { dataDir: string; drop(): void } {
  const parent = mkdtempSync(join(tmpdir(), "cloudhero-cli-"));
  return { dataDir: join(parent, "data"), drop: () => rmSync(parent, { recursive: true, force: true }) };
}

/** A data folder that has a database with nothing in it, as the product makes one on an empty folder. */
export function preparedFolder(): ReturnType<typeof dataFolder> {
  const folder = dataFolder();
  execFileSync("cp", ["-a", inject("templateFolder"), folder.dataDir]);
  return folder;
}

/** Starts an operator's command of the code in `root`; nothing is typed into it. */
export function start(words: string[], variables: Record<string, string>, root = process.cwd()): ChildProcess {
  const env = { ...shared, ...variables } as unknown as NodeJS.ProcessEnv;
  return spawn(process.execPath, [join(root, "lib/bin/cli.ts"), ...words], { cwd: root, env });
}

/** Runs an operator's command to its end. */
export async function run(words: string[], variables: Record<string, string>, root?: string): Promise<Ended> {
  const command = start(words, variables, root);
  let stdout = "";
  let stderr = "";
  command.stdout!.on("data", (chunk) => {
    stdout += chunk;
  });
  command.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  command.stdin!.end();
  const [code] = await once(command, "close");
  return { code, stdout, stderr };
}

/** A worker of the product on these variables, once it is ready. */
export async function startServer(variables: Record<string, string>): Promise<{ stop(): Promise<void> }> {
  const env = { ...shared, CLOUDHERO_ROLE: "worker", ...variables };
  const server = spawn(process.execPath, ["lib/bin/server.ts"], { env: env as unknown as NodeJS.ProcessEnv });
  let said = "";
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr])
      stream.on("data", (chunk) => {
        said += chunk;
        if (said.includes("worker is ready")) resolve();
      });
    server.once("exit", (code) => reject(new Error(`The server ended (${code}): ${said}`)));
  });
  await ready;
  return {
    async stop() {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}

/** Runs `work` on the embedded database of a data folder, which is made where it is absent. */
export async function withStore<T>(dataDir: string, work: (sql: postgres.Sql, vault: Vault) => Promise<T>): Promise<T> {
  const embedded = await startEmbeddedPostgres(dataDir);
  try {
    await migrate(embedded.url);
    const opened = openDatabase(embedded.url, 1);
    try {
      const [row] = await opened.sql<{ keyId: string }[]>`select key_id as "keyId" from installation`;
      const vault = openVault(keptSecret(dataDir, row?.keyId ?? null));
      await ensureInstallation(opened.db, vault.keyId);
      return await work(opened.sql, vault);
    } finally {
      await opened.close();
    }
  } finally {
    await embedded.stop();
  }
}

export type Seeded = { userId: string; organisationIds: string[]; environmentId: string; nodeIds: string[] };

/** Two organisations of one user, with something sealed in every place; nothing that a worker would act on. */
export async function seed(sql: postgres.Sql, vault: Vault, email: string, nodes = 2): Promise<Seeded> {
  const [userId, first, second, application, provider, environmentId, integration] = Array.from({ length: 7 }, () =>
    newId(),
  ) as [string, string, string, string, string, string, string];
  await sql`insert into users (id, email, name, password_hash) values (${userId}, ${email}, 'One', 'none')`;
  for (const id of [first, second]) {
    await sql`insert into organisations (id, name, slug) values (${id}, 'One', 'one')`;
    await sql`insert into memberships (user_id, organisation_id, role) values (${userId}, ${id}, 'owner')`;
  }
  await sql`insert into applications (id, organisation_id, name, type) values (${application}, ${first}, 'shop', 'web')`;
  const secrets = vault.seal('{"key":"k"}', `providers/${provider}/secrets`);
  await sql`insert into providers (id, organisation_id, type, name, alias, settings, secrets)
    values (${provider}, ${first}, 'docker', 'laptop', 'one', '{"host":"tcp://x"}', ${secrets})`;
  const key = vault.seal("environment's key", `environments/${environmentId}/private-key`);
  await sql`insert into environments (id, organisation_id, application_id, provider_id, name, label, region, private_key, deleted_at)
    values (${environmentId}, ${first}, ${application}, ${provider}, 'live', 'label', 'here', ${key}, now())`;
  const password = vault.seal("hub's password", `integrations/${integration}/password`);
  await sql`insert into integrations (id, organisation_id, type, name, url, username, password)
    values (${integration}, ${first}, 'docker_hub', 'hub', 'https://x', 'me', ${password})`;
  await seedWebhook(sql, vault, first);
  const answer = vault.seal("an answer", `idempotency/${first}/again`);
  await sql`insert into idempotency (organisation_id, key, fingerprint, status, body)
    values (${first}, 'again', 'print', 200, ${answer})`;
  const nodeIds = await seedNodes(sql, vault, environmentId, nodes);
  await sql`insert into events (environment_id, kind, message) values (${environmentId}, 'log', ${"tab\tline\nback\\ ä 🚀"})`;
  return { userId, organisationIds: [first, second], environmentId, nodeIds };
}

async function seedWebhook(sql: postgres.Sql, vault: Vault, organisationId: string): Promise<void> {
  const id = newId();
  const secret = vault.seal("signing secret", `webhooks/${id}/secret`);
  const previous = vault.seal("secret before", `webhooks/${id}/previous-secret`);
  await sql`insert into webhooks (id, organisation_id, name, url, secret, previous_secret)
    values (${id}, ${organisationId}, 'ops', 'https://x', ${secret}, ${previous})`;
}

async function seedNodes(sql: postgres.Sql, vault: Vault, environmentId: string, count: number): Promise<string[]> {
  const nodes = Array.from({ length: count }, (_, position) => {
    const id = newId();
    const name = `n${position}`;
    const attempt = `a${position}`;
    const firstHostKey = vault.seal("host key", `nodes/${id}/host-key/${attempt}`);
    return {
      ...{ id, environment_id: environmentId, position, name, hostname: name, size: "small", attempt },
      ...{ packages: ["mysql", 'quo"te'], first_host_key: firstHostKey },
    };
  });
  const credentials = nodes.flatMap(({ id }) =>
    ["mysql", "redis"].map((name) => ({
      ...{ node_id: id, package: name, username: "u" },
      password: vault.seal(`${name}'s password`, `nodes/${id}/credentials/${name}`),
    })),
  );
  for (let start = 0; start < count; start += 500) await sql`insert into nodes ${sql(nodes.slice(start, start + 500))}`;
  for (let start = 0; start < credentials.length; start += 500)
    await sql`insert into credentials ${sql(credentials.slice(start, start + 500))}`;
  return nodes.map(({ id }) => id);
}

/** Every sealed value, opened; throws for one that does not open. */
export async function openAll(sql: postgres.Sql, vault: Vault): Promise<string[]> {
  const opened: string[] = [];
  for (const { table, column, primaryKey, also, place } of sealedColumns) {
    const names = [...primaryKey, ...also];
    const rows = await sql.unsafe<Record<string, string>[]>(`select * from ${table} where ${column} is not null`);
    for (const row of rows) opened.push(vault.open(row[column]!, place(names.map((name) => row[name] ?? ""))!));
  }
  return opened.sort();
}

/** What every table holds, workers left out: its rows as text, in order. */
export async function contents(sql: postgres.Sql): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'workers' order by 1`;
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await sql<{ text: string }[]>`select t::text as text from ${sql(name)} t order by 1`;
    found[name] = rows.map(({ text }) => text);
  }
  return found;
}
