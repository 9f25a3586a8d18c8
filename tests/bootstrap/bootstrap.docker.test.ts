import { connect as connectTcp } from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootstrapServer, checkServer } from "#lib/bootstrap/bootstrap.ts";
import { getPackage } from "#lib/bootstrap/catalogue.ts";
import { type PackageName, packageNames } from "#lib/bootstrap/package.ts";
import type { BootstrapPlan } from "#lib/bootstrap/plan.ts";
import type { BootstrapEvent, PackageReport } from "#lib/bootstrap/progress.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { buildNodeImage, planFor, startServer, type TestServer, until } from "./server.ts";

const batches: PackageName[][] = [
  ["docker", "nginx", "apache", "redis", "memcached", "rabbitmq"],
  ["mysql", "mariadb", "postgresql", "php", "python", "java"],
  ["nodejs"],
];

type Batch = {
  server: TestServer;
  plan: BootstrapPlan;
  events: BootstrapEvent[];
  packages: PackageReport[];
  /** How long the first installation took. */
  tookMs: number;
};
const done = new Map<PackageName, Batch>();
const signal = AbortSignal.timeout(900_000);

async function bootstrap(batch: Omit<Batch, "packages" | "tookMs">): Promise<PackageReport[]> {
  const started = Date.now();
  const onEvent = (event: BootstrapEvent) => {
    batch.events.push(event);
    if (event.kind === "step") {
      console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${batch.server.id}  ${event.title}`);
    }
  };
  const { packages } = await bootstrapServer(batch.server.target, batch.plan, { onEvent, signal });
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${batch.server.id}  done`);
  return packages;
}

/** What a server says until it hangs up or `until` was said. */
async function converse(host: string, port: number, words: string, until: RegExp): Promise<string> {
  const socket = connectTcp({ host, port, timeout: 10_000 });
  socket.write(words);
  let said = "";
  for await (const chunk of socket) {
    said += chunk;
    if (until.test(said)) break;
  }
  return said;
}

describe.runIf(dockerAvailable)("a bare server", () => {
  beforeAll(async () => {
    await buildNodeImage();
    await Promise.all(
      batches.map(async (names) => {
        const server = await startServer();
        const batch = { server, plan: planFor(server, names), events: [] };
        for (const name of names) done.set(name, { ...batch, packages: [], tookMs: 0 });
        const begun = Date.now();
        const packages = await bootstrap(batch);
        for (const name of names) done.set(name, { ...batch, packages, tookMs: Date.now() - begun });
      }),
    );
  }, 600_000);

  afterAll(async () => {
    const servers = new Set([...done.values()].map(({ server }) => server));
    await Promise.all([...servers].map((server) => server.remove()));
  }, 60_000);

  const batchOf = (name: PackageName) => done.get(name)!;
  const urlOf = (name: PackageName, port: number) => {
    const { server, plan } = batchOf(name);
    return getPackage(name).login!.connectionString({ host: server.address, port }, plan.credentials[name]!);
  };

  test.each(packageNames)("gets %s, which answers its check, in the version that the catalogue says", (name) => {
    const report = batchOf(name).packages.find((one) => one.name === name);
    expect(report).toMatchObject({ name, ok: true });
    expect(`${report?.version}.`).toMatch(
      new RegExp(`^${getPackage(name).versions["debian-12"]?.replaceAll(".", "\\.")}\\.`),
    );
  });

  test("announces its steps in order, and never says a password", () => {
    const { events, plan } = batchOf("mysql");
    const titles = events.flatMap((event) =>
      event.kind === "step" ? [`${event.step}/${event.steps} ${event.title}`] : [],
    );
    expect(titles[0]).toBe("1/8 preparing");
    expect(titles[1]).toBe("2/8 installing mysql");
    expect(titles).toHaveLength(8);
    const said = JSON.stringify(events);
    for (const { password } of Object.values(plan.credentials)) expect(said).not.toContain(password);
  });

  test("leaves no password in a process's arguments, in the journal or in a temporary file", async () => {
    for (const name of ["mysql", "redis"] as const) {
      const { server, plan } = batchOf(name);
      for (const { password } of Object.values(plan.credentials)) {
        const found = await server.sh(
          `journalctl | grep -c '${password}' || true; grep -rls '${password}' /tmp /run /var/tmp || true`,
        );
        expect(found).toBe("0");
      }
    }
  });

  test("serves nginx on 80 and apache beside it on 8080 to other machines", async () => {
    const { address } = batchOf("nginx").server;
    const [first, second] = await Promise.all([fetch(`http://${address}/`), fetch(`http://${address}:8080/`)]);
    expect([first.status, first.headers.get("server")]).toEqual([200, expect.stringMatching(/^nginx/)]);
    expect([second.status, second.headers.get("server")]).toEqual([200, expect.stringMatching(/^Apache/)]);
  });

  test("lets other machines into PostgreSQL with the connection string, and with no other password", async () => {
    const sql = postgres(urlOf("postgresql", 5432), { max: 1, connect_timeout: 10 });
    expect(await sql`SELECT current_database() AS name, current_setting('server_encoding') AS encoding`).toMatchObject([
      { name: "cloudhero", encoding: "UTF8" },
    ]);
    await sql.end();
    const wrong = postgres(urlOf("postgresql", 5432), { max: 1, connect_timeout: 10, password: "something-else" });
    await expect(wrong`SELECT 1`).rejects.toMatchObject({ code: "28P01" });
    await wrong.end();
  });

  test("lets other machines into MySQL, where mysql and mariadb are one server with one password", async () => {
    const { server, plan } = batchOf("mysql");
    const { password } = plan.credentials.mariadb!;
    expect(password).toBe(plan.credentials.mysql!.password);
    const client = `mysql --host=${server.address} --user=cloudhero --batch --skip-column-names cloudhero`;
    expect(await server.sh(`MYSQL_PWD=${password} ${client} --execute='SELECT 6*7'`)).toBe("42");
    await expect(server.sh(`MYSQL_PWD=wrong ${client} --execute='SELECT 1' 2>&1`)).rejects.toThrow();
  });

  test("lets other machines into Redis with the password alone", async () => {
    const { server, plan } = batchOf("redis");
    const { username, password } = plan.credentials.redis!;
    const dialogue = `PING\r\nAUTH ${username} ${password}\r\nPING\r\nAUTH ${password}\r\nQUIT\r\n`;
    const said = (await converse(server.address, 6379, dialogue, /(\+OK\r\n){2}$/)).split("\r\n");
    expect(said.slice(0, 4)).toEqual(["-NOAUTH Authentication required.", "+OK", "+PONG", "+OK"]);
  });

  test("lets other machines into RabbitMQ as the generated user, and has no guest", async () => {
    const { server, plan } = batchOf("rabbitmq");
    const whoami = (login: string) =>
      fetch(`http://${server.address}:15672/api/whoami`, { headers: { authorization: `Basic ${btoa(login)}` } });
    const { username, password } = plan.credentials.rabbitmq!;
    expect(await (await whoami(`${username}:${password}`)).json()).toMatchObject({ name: "cloudhero" });
    expect(await server.sh("rabbitmqctl --quiet list_users")).not.toContain("guest");
    expect(await converse(server.address, 5672, "AMQP\0\0\t\u0001", /RabbitMQ/)).toContain("RabbitMQ");
  });

  test("serves memcached on its private address, and not on every address", async () => {
    const { server } = batchOf("memcached");
    expect(await converse(server.address, 11211, "version\r\nquit\r\n", /\r\n/)).toMatch(/^VERSION 1\.6/);
    const listening = await server.sh("ss -Hltn 'sport = :11211' | awk '{ print $4 }' | sort");
    expect(listening.split("\n")).toContain(`${server.address}:11211`);
    for (const one of listening.split("\n")) expect(one).toMatch(/^(127\.0\.0\.1|10\.|172\.|192\.168\.)/);
  });

  test("runs containers for the login cloudhero, and its engine has no port", async () => {
    const { server } = batchOf("docker");
    const probe =
      "tar -c -C / sbin/ldconfig | docker import - probe >/dev/null && docker run --rm probe /sbin/ldconfig --version";
    expect(await server.sh(`runuser -u cloudhero -- bash -c '${probe}'`)).toContain("GLIBC");
    expect(await server.sh("ss -Hltnp | grep dockerd || true")).toBe("");
  });

  test("is checked at any time, by the truth of the moment", async () => {
    const { server, plan } = batchOf("redis");
    await server.sh("systemctl stop memcached");
    const reports = await checkServer(server.target, ["redis", "memcached", "nginx"], plan.credentials, signal);
    expect(reports.map(({ name, ok }) => [name, ok])).toEqual([
      ["redis", true],
      ["memcached", false],
      ["nginx", true],
    ]);
  });

  test("is brought to the same plan again in a fraction of the time, changes nothing, and mends what stopped", async () => {
    const batch = batchOf("nginx");
    const state =
      "systemctl show --property=ActiveEnterTimestampMonotonic nginx apache2 redis-server rabbitmq-server docker";
    const files = "sha256sum /etc/hosts /etc/redis/*.conf /etc/apache2/ports.conf /home/cloudhero/.ssh/authorized_keys";
    const before = await batch.server.sh(`${state}; ${files}`);
    const started = Date.now();
    const packages = await bootstrap({ ...batch, events: [] });
    expect(Date.now() - started).toBeLessThan(batch.tookMs / 2);
    expect(packages.every(({ ok }) => ok)).toBe(true);
    expect(packages.map(({ name }) => name)).toEqual(batch.plan.packages);
    expect(await batch.server.sh(`${state}; ${files}`)).toBe(before);
  });

  test("answers again after it was stopped and started", async () => {
    const { server, plan } = batchOf("redis");
    await server.restart("stop");
    await until(60_000, async () => {
      const reports = await checkServer(server.target, plan.packages, plan.credentials, signal);
      expect(reports.filter(({ ok }) => !ok)).toEqual([]);
    });
  });

  test("takes new passwords, names and keys, and a removed package's service stops while its data stays", async () => {
    const { server, plan } = batchOf("redis");
    const packages: PackageName[] = ["apache", "redis"];
    const hosts = [{ name: "database", address: "10.99.0.7" }];
    const events: BootstrapEvent[] = [];
    const next = planFor(server, packages, { remove: ["nginx", "rabbitmq"], hosts });
    await bootstrap({ server, plan: next, events });
    expect(await server.sh("getent hosts database")).toMatch(/^10\.99\.0\.7/);
    expect((await fetch(`http://${server.address}/`)).headers.get("server")).toMatch(/^Apache/);
    const pings = [next, plan].map(({ credentials }) => `AUTH ${credentials.redis!.password}\r\n`);
    expect(await converse(server.address, 6379, `${pings.join("")}QUIT\r\n`, /OK\r\n$/)).toMatch(/^\+OK\r\n-WRONGPASS/);
    expect(await server.sh("systemctl is-enabled nginx rabbitmq-server || true")).toBe("disabled\ndisabled");
    expect(await server.sh("ls /var/lib/rabbitmq/mnesia")).not.toBe("");
  });
});
