import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { authorityOf } from "./authority.ts";
import { size } from "./frames.ts";
import { takePlace } from "./limits.ts";
import { type Place, placeOf } from "./places.ts";
import { refuse, told } from "./refuse.ts";
import { serve, type Terminal } from "./serve.ts";

/** The most that one frame from a client may have. */
const frameBytes = 64 * 1024;
const usual = { cols: 80, rows: 24 };

const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: frameBytes,
  perMessageDeflate: false,
  clientTracking: false,
});

type Ways = { isPrivate(request: IncomingMessage): boolean };

/**
 * Opens a terminal where a request asks for one: `/environments/ID/nodes/NAME/terminal` is a shell on a node,
 * `/environments/ID/containers/ID/exec` a command in a container. False for every other path. Who may not is told before
 * there is a WebSocket; what fails on the way to the program, in a frame.
 */
export function upgradeTerminal(ways: Ways, request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  const place = placeOf(request.url ?? "");
  if (!place) return false;
  socket.on("error", () => {});
  void open(place, ways.isPrivate(request), request, socket, head);
  return true;
}

async function open(place: Place, isPrivate: boolean, request: IncomingMessage, socket: Duplex, head: Buffer) {
  let release = () => {};
  try {
    const authority = authorityOf(request, isPrivate, place.scope);
    const ctx = await authority();
    const asked = sizeOf(request.url!);
    const found = await place.find(ctx, asked);
    release = takePlace(ctx);
    const again = async () => place.find(await authority(), asked);
    await serve(await accept(request, socket, head), { ...found, ctx, again } satisfies Terminal);
  } catch (error) {
    if (!socket.destroyed) await refuse(socket, told(error));
  } finally {
    release();
  }
}

/** The screen that the client has, by `cols` and `rows`. */
function sizeOf(url: string): { cols: number; rows: number } {
  const { searchParams } = new URL(url, "http://localhost");
  const given = { cols: Number(searchParams.get("cols")), rows: Number(searchParams.get("rows")) };
  return size.safeParse(given).data ?? usual;
}

/** Answers a WebSocket, or never where the request was none: `ws` refuses that itself. */
function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.once("close", () => reject(new Error("the client has left")));
    sockets.handleUpgrade(request, socket, head, resolve);
  });
}
