import { describe, expect, test } from "vitest";
import { catalogueOf, findPackage, getPackage, nearestPackage, portsOf } from "#lib/bootstrap/catalogue.ts";
import { credentialsFor } from "#lib/bootstrap/credentials.ts";
import { packageNames } from "#lib/bootstrap/package.ts";
import { imageNames } from "#lib/model/launch.ts";

describe("the catalogue", () => {
  test("no name or alias means two packages", () => {
    const names = packageNames.flatMap((name) => [name, ...getPackage(name).aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  test("knows what people type, in any case", () => {
    const typed = { apache2: "apache", httpd: "apache", Postgres: "postgresql", pg: "postgresql", NODE: "nodejs" };
    const more = { "node.js": "nodejs", python3: "python", openjdk: "java", "docker.io": "docker", " redis ": "redis" };
    for (const [word, name] of Object.entries({ ...typed, ...more })) expect(findPackage(word)?.name).toBe(name);
    for (const word of ["", "mongodb", "__proto__", "constructor"]) expect(findPackage(word)).toBeUndefined();
  });

  test("names the nearest package for a slip of the finger", () => {
    const slips = { ngnix: "nginx", postgress: "postgresql", mysq: "mysql", apche: "apache", dokcer: "docker" };
    for (const [slip, name] of Object.entries(slips)) expect(nearestPackage(slip)).toBe(name);
    expect(packageNames).toContain(nearestPackage("x".repeat(100_000)));
  });

  test("has a version of every package on every image, a check that does something, and a port for every server", () => {
    for (const image of imageNames) expect(catalogueOf(image).map(({ name }) => name)).toEqual([...packageNames]);
    for (const name of packageNames) {
      const { check, units, ports, login } = getPackage(name);
      expect(check.trim().length).toBeGreaterThan(10);
      if (login) expect([units.length, ports.length]).not.toContain(0);
    }
    expect(catalogueOf("debian-12").find(({ name }) => name === "mysql")?.description).toContain("MariaDB");
  });

  test("gives no two packages of one node the same port, but to the two names of one server", () => {
    const ports = Object.entries(portsOf(packageNames)).filter(([name]) => name !== "mariadb");
    const all = ports.flatMap(([, list]) => list ?? []);
    expect(new Set(all).size).toBe(all.length);
    expect(portsOf(["apache"])).toEqual({ apache: [80] });
    expect(portsOf(["apache", "nginx"])).toEqual({ apache: [8080], nginx: [80] });
  });
});

describe("credentials", () => {
  test("are made once for what has a log-in, and kept when packages are added", () => {
    const first = credentialsFor(["mysql", "nginx", "redis"]);
    expect(Object.keys(first)).toEqual(["mysql", "redis"]);
    expect(first.mysql).toMatchObject({ username: "cloudhero", database: "cloudhero" });
    expect(first.mysql?.password).toMatch(/^[A-Za-z0-9]{24}$/);
    const later = credentialsFor(["mariadb", "mysql", "redis", "postgresql"], first);
    expect(later).toMatchObject({ mysql: first.mysql, mariadb: first.mysql, redis: first.redis });
    expect(later.postgresql?.password).not.toBe(first.mysql?.password);
  });

  test("make a connection string that a URL parser reads back", () => {
    const credentials = credentialsFor(packageNames);
    for (const name of packageNames) {
      const credential = credentials[name];
      if (!credential) continue;
      const url = new URL(getPackage(name).login!.connectionString({ host: "10.0.0.5", port: 32771 }, credential));
      expect([url.hostname, url.port, url.username, url.password]).toEqual([
        "10.0.0.5",
        "32771",
        credential.username,
        credential.password,
      ]);
    }
  });
});
