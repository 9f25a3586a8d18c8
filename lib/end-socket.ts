import type { Duplex } from "node:stream";

const lingerMs = 5_000;

/**
 * Ends a connection that has left HTTP, with a last word: whatever its client still sends is read and thrown away, so that
 * the word arrives, and the connection goes with the client, or after 5 s. Nobody else listens to it any more.
 */
export function endSocket(socket: Duplex, text = ""): void {
  socket.on("error", () => {});
  socket.end(text);
  socket.resume();
  const late = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once("close", () => clearTimeout(late));
}
