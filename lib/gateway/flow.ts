import type { ServerResponse } from "node:http";
import type { Duplex, Readable } from "node:stream";

/**
 * Pipes. What comes in one turn of the event loop goes out in one write: an engine sends a log line by line, each in a
 * record of TLS and a chunk of its own, and the cost of passing it on is by the piece.
 */
export function flow(from: Readable, to: ServerResponse | Duplex): void {
  let held: readonly { uncork(): void }[] = [];
  const release = () => {
    for (const one of held) one.uncork();
    held = [];
  };
  const hold = () => {
    if (held.length > 0) return;
    // An answer lets go of its connection before it writes: it would write each of its parts alone.
    const connection = "socket" in to ? to.socket : null;
    held = connection ? [to, connection] : [to];
    to.cork();
    connection?.cork();
    setImmediate(release);
  };
  from.on("data", hold);
  // Node would write the end of an answer before what is held of it.
  from.once("end", release);
  // A reader that is left would go on reading for nobody.
  to.once("unpipe", () => from.off("data", hold));
  from.pipe(to);
}
