import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "./client.ts";
import { attachRaw, streamOf } from "./streams.ts";

/**
 * Opens what clients keep open (logs, events, an attach, an exec and a wait), lets `quietMs` pass in which nothing is
 * said, and then has the container speak: answers what each of them got to hear. The container is its own.
 */
export async function quietStreams(client: Client, quietMs: number): Promise<Record<string, string>> {
  const script = "while ! [ -e /speak ]; do sleep 0.2; done; echo spoken; sleep 2; exit 5";
  const { Id } = await client.json("POST", "/containers/create", { Image: "busybox", Cmd: ["sh", "-c", script] });
  await client.json("POST", `/containers/${Id}/start`);
  const logs = await streamOf(client, "GET", `/containers/${Id}/logs?stdout=1&follow=1`);
  const filters = encodeURIComponent(JSON.stringify({ container: [Id], event: ["die"] }));
  const events = await streamOf(client, "GET", `/events?filters=${filters}`);
  const wait = await streamOf(client, "POST", `/containers/${Id}/wait`);
  const attached = await attachRaw(client, `/containers/${Id}/attach?stream=1&stdout=1`);
  const exec = await execRaw(client, Id, ["cat"]);
  await sleep(quietMs);
  exec.socket.write("still here\n");
  const [echoed] = (await once(exec.socket, "data", { signal: AbortSignal.timeout(20_000) })) as [Buffer];
  exec.socket.destroy();
  const speak = await client.json("POST", `/containers/${Id}/exec`, { Cmd: ["touch", "/speak"] });
  const [line, event, status, rest] = await Promise.all([
    logs.next(),
    events.next(),
    wait.rest(),
    attached.rest(),
    client.json("POST", `/exec/${speak.Id}/start`, { Detach: true }),
  ]);
  events.leave();
  await client.ask("DELETE", `/containers/${Id}?force=1`);
  return {
    logs: line.subarray(8).toString().trim(),
    events: JSON.parse(event.toString()).Action,
    wait: JSON.parse(status).StatusCode,
    attach: rest.subarray(8).toString().trim(),
    exec: echoed.subarray(8).toString().trim(),
  };
}

async function execRaw(client: Client, id: string, command: string[]) {
  const options = { AttachStdin: true, AttachStdout: true, Cmd: command };
  const { Id } = await client.json("POST", `/containers/${id}/exec`, options);
  return attachRaw(client, `/exec/${Id}/start`, JSON.stringify({ Detach: false, Tty: false }));
}
