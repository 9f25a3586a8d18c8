import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "#lib/api/contract.ts";
import { contracts } from "#lib/api/contracts/index.ts";
import { type Role, roles } from "#lib/model/roles.ts";
import { type Account, seedMember } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { bodyFor, type Estate, nodeOf, pathOn, resourceOf, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let ours: Estate;
let theirs: Estate;
let members: Record<Role, Account>;

beforeAll(async () => {
  process.env.CLOUDHERO_REGISTRATION = "open";
  server = await startTestServer();
  ours = await seedEstate();
  theirs = await seedEstate();
  const seeded = roles.map(async (role) => [role, await seedMember(ours.ctx.organisation, role)] as const);
  members = Object.fromEntries(await Promise.all(seeded)) as Record<Role, Account>;
});
afterAll(() => server.close());

const named = (chosen: Contract[]) =>
  chosen.map((contract) => [`${contract.method} ${contract.path}`, contract] as const);
const guarded = contracts.filter(({ access }) => access !== "public");
const takesBody = contracts.filter(({ method }) => method === "POST" || method === "PUT");
const send = (contract: Contract, token: string | undefined, change: Parameters<TestServer["call"]>[2] = {}) =>
  server.call(contract.method, pathOn(contract, ours), { token, body: bodyFor(contract, ours), ...change });

describe.each(named(guarded))("%s", (_, contract) => {
  test("401 without a token, with a wrong one, and with a wrong cookie", async () => {
    for (const headers of [{}, { authorization: "Bearer 123" }, { cookie: "next-auth.session-token=forged" }]) {
      const answer = await send(contract, undefined, { headers: headers as Record<string, string> });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(problemsOf(answer, contract.errorsInArray)[0]!.code).toBe("unauthenticated");
    }
  });
});

describe.each(named(guarded.filter(({ access }) => access !== "viewer")))("%s", (_, contract) => {
  test("403 for every lesser role", async () => {
    for (const role of roles.slice(0, roles.indexOf(contract.access as Role))) {
      const answer = await send(contract, members[role].token);
      expect(answer.status, role).toBe(403);
      expect(problemsOf(answer, contract.errorsInArray)[0]).toMatchObject({ code: "forbidden" });
    }
  });
});

describe.each(named(guarded.filter(({ path }) => path.includes("{id}"))))("%s", (_, contract) => {
  test("404 for another organisation's, for what never was, and for what no id can be", async () => {
    const real = pathOn(contract, ours);
    const id = ours.ids[resourceOf(contract)]!;
    const foreign = [pathOn(contract, theirs), real.replace(id, "f".repeat(24)), real.replace(id, "%00%F0%9F%92%A9")];
    for (const path of [...foreign, real.replace(id, "x".repeat(5000))]) {
      const answer = await server.call(contract.method, path, { token: ours.token, body: bodyFor(contract, ours) });
      expect(answer.status, path).toBe(404);
      expect(problemsOf(answer)[0]!.code).toBe("not_found");
    }
  });
});

describe.each(named(takesBody))("%s", (_, contract) => {
  test("400 for what is not JSON, 415 for what does not say so, 413 past 1 MiB", async () => {
    const { token } = ours;
    for (const body of ["{", "\u0000", '{"a": 1,}', "nodes=1"]) {
      const answer = await send(contract, token, { body });
      expect(answer.status, body).toBe(400);
      expect(problemsOf(answer, contract.errorsInArray)[0]!.code).toBe("malformed");
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const answer = await send(contract, token, { body: "{}", headers: { "content-type": type } });
      expect(answer.status, type).toBe(415);
      expect(problemsOf(answer, contract.errorsInArray)[0]!.code).toBe("unsupported_media_type");
    }
    const large = await send(contract, token, { body: JSON.stringify({ name: "x".repeat(1024 * 1024) }) });
    expect(large.status).toBe(413);
    expect(problemsOf(large, contract.errorsInArray)[0]!.code).toBe("too_large");
  });
});

describe.each([...new Set(contracts.map(({ path }) => path))])("%s", (path) => {
  test("405 with Allow for a method that it does not take", async () => {
    const mine = contracts.filter((contract) => contract.path === path);
    for (const method of ["PATCH", "PUT", "DELETE", "POST"].filter(
      (one) => !mine.some((each) => each.method === one),
    )) {
      const answer = await server.call(method, pathOn(mine[0]!, ours), { token: ours.token });
      expect(answer.status, method).toBe(405);
      const allowed = answer.headers.get("allow")!.split(", ");
      expect(allowed).toEqual(expect.arrayContaining(mine.map((contract) => contract.method)));
      expect(allowed).not.toContain(method);
      expect(problemsOf(answer)[0]!.code).toBe("method_not_allowed");
    }
  });
});

describe("422", () => {
  const create = contracts.find(({ method, path }) => method === "POST" && path === "/applications/{id}/environments")!;
  const refused = async (change: object) => {
    const body = { ...(bodyFor(create, ours) as object), ...change };
    const answer = await send(create, ours.token, { body });
    expect(answer.status, answer.text).toBe(422);
    return problemsOf(answer);
  };

  test("names each field as people write it", async () => {
    const problems = await refused({
      nodes: [nodeOf("web"), { name: "db" }, { ...nodeOf("c"), packages: ["nginx", 7] }],
    });
    expect(problems.map(({ field }) => field)).toEqual(["nodes[1].size", "nodes[2].packages[1]"]);
    expect(problems.every(({ message, field }) => message.startsWith(field!))).toBe(true);
    expect((await refused({ environment: 7 }))[0]).toMatchObject({ field: "environment", code: "invalid" });
    expect((await refused({ nodes: [] }))[0]!.field).toBe("nodes");
  });

  test("names the size that the region lacks, with those that it has", async () => {
    const [problem] = await refused({ nodes: [nodeOf("web"), { ...nodeOf("db"), size: "huge" }] });
    expect(problem).toMatchObject({
      code: "invalid",
      field: "nodes[1].size",
      message: expect.stringMatching(/small, medium/),
    });
  });

  test("for a query that is none", async () => {
    for (const query of ["limit=0", "limit=501", "limit=x", "cursor=x", "state=asleep"]) {
      const answer = await server.call("GET", `/environments?${query}`, { token: ours.token });
      expect(answer.status, query).toBe(422);
      expect(problemsOf(answer)[0]!.field).toBe(query.split("=")[0]);
    }
    const stopped = await server.call("POST", `/environments/${ours.ids.environments}/stop?wait=901`, {
      token: ours.token,
    });
    expect([stopped.status, problemsOf(stopped)[0]!.field]).toEqual([422, "wait"]);
  });
});

test("a path below the API's that is no route is 404 in the same shape", async () => {
  const answer = await server.call("GET", "/environments/1/2/3", { token: ours.token });
  expect(answer.status).toBe(404);
  problemsOf(answer);
});
