import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerLines } from "#components/logs/docker-stream.ts";
import { audit, environments, organisations } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { makeTeam } from "#tests/engine/team.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { openTerminal, type Terminal } from "./client.ts";
import { cookieOf, startDoor } from "./fixture.ts";

/** An image of one program, from what the node's own system has: no registry is needed. */
const image = [
  "sudo apt-get install -y -qq busybox-static >/dev/null 2>&1",
  "mkdir -p root/bin && cp /bin/busybox root/bin/ && sudo chroot root /bin/busybox --install -s /bin",
  "tar -C root -c . | docker import - busybox >/dev/null",
].join("; ");
const talking = "while :; do echo to output; echo to errors >&2; sleep 0.3; done";

describe.runIf(dockerAvailable)("a real node", () => {
  let server: TestServer;
  let door: Awaited<ReturnType<typeof startDoor>>;
  let team: Awaited<ReturnType<typeof makeTeam>>;
  let id: string;
  let viewer: Account;

  beforeAll(async () => {
    server = await startTestServer({ worker: true });
    door = await startDoor();
    team = await makeTeam(server, "Acme");
    id = await team.make("staging", { web: ["docker"] }, { wait: 270 });
    const [row] = await db().select().from(environments).where(eq(environments.id, id));
    const [owner] = await db().select().from(organisations).where(eq(organisations.id, row!.organisationId));
    viewer = await seedMember(owner!, "viewer");
  });
  afterAll(async () => {
    if (id) await server.call("DELETE", `/environments/${id}?wait=60`, { token: team.token });
    await door.close();
    await server.close();
  });

  const asked = (path: string, token = team.token) =>
    openTerminal(`${door.url}/environments/${id}${path}`, { "authentication-token": token });
  async function opened(path: string): Promise<Terminal> {
    const { terminal, refused } = await asked(path);
    if (!terminal) throw new Error(JSON.stringify(refused));
    return terminal;
  }

  test("runs uname -a in its terminal, in UTF-8, and its screen is as large as ours", async () => {
    const terminal = await opened("/nodes/web/terminal?cols=100&rows=30");
    terminal.type("uname -a; echo $LANG; stty size; tty\n");
    await terminal.until(/Linux web [\s\S]*C\.UTF-8[\s\S]*30 100[\s\S]*\/dev\/pts\//, 30_000);
    terminal.tell({ type: "resize", cols: 60, rows: 20 });
    terminal.type("stty size\n");
    await terminal.until(/20 60/);
    terminal.type("exit 7\n");
    expect(await terminal.closed).toBe(1000);
    expect(terminal.frames.at(-1)).toEqual({ type: "exit", code: 7 });
  });

  test("that is a cluster lets its containers be entered by operators, and says how it ended", async () => {
    const shell = await opened("/nodes/web/terminal");
    shell.type(`${image}; docker run -d --name app --hostname inside busybox /bin/sh -c '${talking}'; echo DO''NE\n`);
    await shell.until(/DONE/, 120_000);
    shell.socket.close();
    const inside = await opened("/containers/app/exec?cols=90&rows=25");
    inside.type("hostname; stty size; exit 5\n");
    expect(await inside.closed).toBe(1000);
    expect(inside.text()).toMatch(/inside\s+25 90/);
    expect(inside.frames.at(-1)).toEqual({ type: "exit", code: 5 });
    const words = await opened("/containers/app/exec?cmd=echo&cmd=two%20words");
    await words.closed;
    expect([words.text().trim(), words.frames.at(-1)]).toEqual(["two words", { type: "exit", code: 0 }]);
    const nobody = await opened("/containers/nobody/exec");
    expect(await nobody.closed).toBe(4404);
    expect(nobody.frames).toMatchObject([
      { type: "error", message: expect.stringMatching(/No such container: nobody/) },
    ]);
    expect((await asked("/containers/app/exec", viewer.token)).refused?.status).toBe(403);
    const rows = await db().select().from(audit).where(eq(audit.target, id)).orderBy(audit.id);
    const ofApp = rows
      .filter(({ details }) => details?.container === "app")
      .map(({ action, details }) => [action, details?.outcome]);
    expect(ofApp.slice(0, 2)).toEqual([
      ["terminal.open", undefined],
      ["terminal.close", "exit 5"],
    ]);
  });

  test("shows a container's log to viewers as it grows, stream by stream; to other organisations not at all", async () => {
    const log = `${door.url}/environments/${id}/containers/app/logs`;
    const { cookie } = await cookieOf(viewer);
    const left = new AbortController();
    const response = await fetch(`${log}?follow=1&tail=1`, { headers: { cookie }, signal: left.signal });
    expect([response.status, response.headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
    const { push } = dockerLines();
    const kinds = new Set<string>();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (const { kind, text, at } of push(chunk)) {
        kinds.add(`${kind}: ${text}`);
        expect(Date.parse(at!)).toBeGreaterThan(Date.now() - 60_000);
      }
      if (kinds.size === 2) break;
    }
    left.abort();
    expect([...kinds].toSorted()).toEqual(["errors: to errors", "output: to output"]);
    const stranger = await seedAccount();
    const other = { "authentication-token": stranger.token };
    expect((await fetch(log, { headers: other })).status).toBe(404);
    expect((await fetch(log)).status).toBe(401);
    expect((await fetch(log, { method: "POST", headers: { cookie } })).status).toBe(404);
  });
});
