import type { Duplex } from "node:stream";

export type Size = { cols: number; rows: number };

/** A program with a terminal of its own, on a node or in a container. */
export type Pty = {
  stream: Duplex;
  resize(size: Size): void;
  /** Once all output has been read; throws where the way to it broke. */
  ended: Promise<{ code: number | null; signal?: string }>;
  /** Ends the program, as hanging up does. */
  close(): void;
};
