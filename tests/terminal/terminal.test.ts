import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit, environments, memberships } from "#drizzle/schema/index.ts";
import { endSession } from "#lib/auth/sessions.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { db } from "#lib/db/client.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { atOnce } from "#lib/terminal/limits.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { openTerminal, type Terminal } from "./client.ts";
import { cookieOf, seedShell, startDoor } from "./fixture.ts";

const soon = { timeout: 10_000, interval: 50 };
let server: TestServer;
let door: Awaited<ReturnType<typeof startDoor>>;
let owner: Account;
let shell: Awaited<ReturnType<typeof seedShell>>;

beforeAll(async () => {
  server = await startTestServer();
  door = await startDoor();
  owner = await seedAccount();
  shell = await seedShell(await seedPlace(owner.ctx));
});
afterAll(async () => {
  await door.close();
  shell.ssh.close();
  await server.close();
});

const byToken = ({ token }: Account) => ({ "authentication-token": token });
const member = (role: Parameters<typeof seedMember>[1]) => seedMember(owner.ctx.organisation, role);

async function opened(headers: Record<string, string>, path = shell.path): Promise<Terminal> {
  const { terminal, refused } = await openTerminal(door.url + path, headers);
  if (!terminal) throw new Error(JSON.stringify(refused));
  return terminal;
}
async function refusal(headers: Record<string, string>, path = shell.path, url = door.url) {
  const { terminal, refused } = await openTerminal(url + path, headers);
  terminal?.socket.terminate();
  return refused ? [refused.status, refused.body.errors[0]!.message] : ["it was opened"];
}
const written = async (account: Account) => {
  const mine = and(eq(audit.userId, account.ctx.user.id), like(audit.action, "terminal.%"));
  return db().select().from(audit).where(mine).orderBy(audit.id);
};

test("a shell is the node's own: what is typed runs there, and its exit status comes back", async () => {
  const terminal = await opened(byToken(owner));
  terminal.type("echo $((6*7))-$LANG; uname -a\n");
  await terminal.until(/42-[\s\S]*Linux/);
  expect(terminal.frames).toEqual([{ type: "ready" }]);
  terminal.type("exit 3\n");
  expect(await terminal.closed).toBe(1000);
  expect(terminal.frames.at(-1)).toEqual({ type: "exit", code: 3 });
});

test("the screen's size is the client's, at the beginning and whenever it changes; what is said early waits", async () => {
  const terminal = await opened(byToken(owner), `${shell.path}?cols=132&rows=50`);
  terminal.tell({ type: "resize", cols: 40, rows: 10 });
  await expect
    .poll(() => shell.ssh.sizes.slice(-2), soon)
    .toEqual([
      { cols: 132, rows: 50 },
      { cols: 40, rows: 10 },
    ]);
  terminal.socket.close();
});

test("beginning and end are written down with place, address and length; nothing that was typed is", async () => {
  const operator = await member("operator");
  const terminal = await opened(byToken(operator));
  terminal.type("echo my-secret-word\n");
  await terminal.until(/my-secret-word/);
  await sleep(1_100);
  terminal.type("exit\n");
  await terminal.closed;
  await expect.poll(async () => (await written(operator)).length, soon).toBe(2);
  const [begun, ended] = await written(operator);
  const place = { environment: expect.any(String), node: "web" };
  expect(begun).toMatchObject({ action: "terminal.open", target: shell.id, address: "127.0.0.1", details: place });
  expect(ended).toMatchObject({
    action: "terminal.close",
    address: "127.0.0.1",
    details: { ...place, outcome: "exit 0" },
  });
  expect(Number(ended!.details!.seconds)).toBeGreaterThanOrEqual(1);
  expect(JSON.stringify([begun, ended])).not.toContain("my-secret-word");
});

test("who may not is refused before there is a WebSocket, and why", async () => {
  expect(await refusal(byToken(await member("viewer")))).toEqual([
    403,
    "This needs the role operator; yours is viewer.",
  ]);
  expect(await refusal(byToken(await seedAccount()))).toEqual([404, "The environment was not found."]);
  expect(await refusal({ "authentication-token": "1".repeat(38) })).toEqual([401, expect.stringMatching(/unknown/)]);
  expect(await refusal({ origin: door.url })).toEqual([401, expect.stringMatching(/token is needed/)]);
  expect(await refusal(byToken(owner), `/environments/${shell.id}/nodes/nobody/terminal`)).toEqual([
    404,
    expect.stringMatching(/nobody/),
  ]);
  expect(await refusal(byToken(owner), `/environments/${shell.id}/nodes/later/terminal`)).toEqual([
    409,
    expect.stringMatching(/later is booting/),
  ]);
  const { token } = await createToken(owner.ctx, { name: "reads", scopes: ["environments:read"] });
  expect(await refusal({ "authentication-token": token })).toEqual([403, "This token is not for environments:write."]);
});

test("a browser's cookie opens one from our own pages alone, and a token does not travel in clear", async () => {
  const { cookie } = await cookieOf(owner);
  for (const origin of ["http://elsewhere.example", "null", undefined])
    expect(await refusal({ cookie, ...(origin ? { origin } : {}) })).toEqual([
      403,
      expect.stringMatching(/own pages alone/),
    ]);
  const terminal = await opened({ cookie, origin: door.url });
  terminal.type("echo here\n");
  await terminal.until(/here/);
  terminal.socket.close();
  const plain = await startDoor({ isPrivate: false });
  expect(await refusal(byToken(owner), shell.path, plain.url)).toEqual([403, expect.stringMatching(/in clear/)]);
  await plain.close();
});

test("a terminal ends with its session, and with the role that opened it, within seconds", async () => {
  const operator = await member("operator");
  const { cookie, sessionId } = await cookieOf(operator);
  const [byCookie, byRole] = [await opened({ cookie, origin: door.url }), await opened(byToken(operator))];
  await endSession(db(), sessionId);
  expect(await byCookie.closed).toBe(4401);
  expect(byCookie.frames.at(-1)).toMatchObject({ type: "error", code: "unauthenticated" });
  await db().update(memberships).set({ role: "viewer" }).where(eq(memberships.userId, operator.ctx.user.id));
  expect(await byRole.closed).toBe(4403);
  await expect.poll(() => shell.ssh.open(), soon).toBe(0);
}, 15_000);

test("a client that leaves takes the shell with it", async () => {
  const terminal = await opened(byToken(owner));
  terminal.type("echo begun\n");
  await terminal.until(/begun/);
  terminal.socket.terminate();
  await expect.poll(() => shell.ssh.open(), soon).toBe(0);
  await expect.poll(async () => (await written(owner)).at(-1)?.details?.outcome, soon).toBe("left");
});

test("a user has so many at once and no more, and one that is closed makes room", async () => {
  const operator = await member("operator");
  const all = await Promise.all(Array.from({ length: atOnce.user }, () => opened(byToken(operator))));
  expect(await refusal(byToken(operator))).toEqual([429, expect.stringMatching(/10 terminals are all that you have/)]);
  all[0]!.socket.close();
  await expect.poll(() => refusal(byToken(operator)), soon).toEqual(["it was opened"]);
  for (const { socket } of all) socket.close();
});

test("a shell that prints without end waits for a client that does not read, and goes on when it does", async () => {
  const before = shell.ssh.written();
  const terminal = await opened(byToken(owner));
  terminal.tell({ type: "ack", bytes: 0 });
  terminal.type("cat /dev/zero\n");
  await expect.poll(() => terminal.bytes(), soon).toBeGreaterThan(1024 * 1024);
  await sleep(300);
  const seen = terminal.bytes();
  await sleep(500);
  expect(terminal.bytes(), "no more than the window is sent").toBe(seen);
  expect(seen).toBeLessThan(2 * 1024 * 1024);
  // What SSH itself keeps on the way: its window, and the server's buffers.
  expect(shell.ssh.written() - before).toBeLessThan(16 * 1024 * 1024);
  terminal.tell({ type: "ack", bytes: seen });
  await expect.poll(() => terminal.bytes(), soon).toBeGreaterThan(seen + 512 * 1024);
  terminal.socket.close();
});

test("frames that are none, and frames that are too large, end it", async () => {
  const wrong = await opened(byToken(owner));
  wrong.tell({ type: "resize", cols: 0, rows: -1 });
  expect(await wrong.closed).toBe(4400);
  const large = await opened(byToken(owner));
  large.socket.send(Buffer.alloc(64 * 1024 + 1));
  expect(await large.closed).toBe(1009);
});

test("a server that shows another host key, and one that does not answer, are told in words", async () => {
  const place = await seedPlace(owner.ctx);
  const other = await seedShell(place);
  await other.seat({ hostKey: generateKeyPair("other").publicKey });
  const strange = await opened(byToken(owner), other.path);
  expect(await strange.closed).toBe(4502);
  expect(strange.frames).toMatchObject([{ type: "error", message: expect.stringMatching(/another host key/) }]);
  await other.seat({ endpoints: { 22: { host: "127.0.0.1", port: 1 } } });
  const silent = await opened(byToken(owner), other.path);
  expect(await silent.closed).toBe(4502);
  expect(silent.frames).toMatchObject([{ type: "error", message: expect.stringMatching(/does not answer SSH/) }]);
  other.ssh.close();
});

test("an environment that is being deleted has no shells any more", async () => {
  const other = await seedShell(await seedPlace(owner.ctx));
  const terminal = await opened(byToken(owner), other.path);
  await db().update(environments).set({ wish: "delete" }).where(eq(environments.id, other.id));
  expect(await terminal.closed).toBe(4409);
  expect(terminal.frames.at(-1)).toMatchObject({ type: "error", message: expect.stringMatching(/being deleted/) });
  other.ssh.close();
});
