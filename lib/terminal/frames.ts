import { z } from "zod";

/**
 * What travels on a terminal's WebSocket. Binary frames are bytes: what the program prints, and what is typed, at most 64
 * KiB each. Text frames are JSON, of these forms.
 */
export type FromServer =
  /** The program runs; everything before was the way to it. */
  | { type: "ready" }
  /** Something to know while it goes on: the terminal is about to be closed. */
  | { type: "notice"; message: string }
  /** The program has ended; the connection follows. `code` is null where a signal ended it. */
  | { type: "exit"; code: number | null; signal?: string }
  /** Why there is no terminal, or no longer; the connection follows, with 4000 + the HTTP status of `code`. */
  | { type: "error"; code: string; message: string };

export type FromClient =
  | { type: "resize"; cols: number; rows: number }
  /**
   * So many bytes of output were shown since the last one. Who sends the first (0 will do) is from then on never sent more
   * than 1 MiB that was not acknowledged; who sends none is sent what the connection takes.
   */
  | { type: "ack"; bytes: number };

const cells = z.number().int().min(1).max(1000);

export const size = z.object({ cols: cells, rows: cells });

export const fromClient = z.discriminatedUnion("type", [
  size.extend({ type: z.literal("resize") }),
  z.object({ type: z.literal("ack"), bytes: z.number().int().min(0) }),
]) satisfies z.ZodType<FromClient>;
