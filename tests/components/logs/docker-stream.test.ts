import { describe, expect, test } from "vitest";
import { dockerLines } from "#components/logs/docker-stream.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A frame as an engine sends it: 1 is standard output, 2 standard error. */
function frame(stream: 1 | 2, text: string): Uint8Array {
  const said = bytes(text);
  const whole = new Uint8Array(8 + said.length);
  whole[0] = stream;
  new DataView(whole.buffer).setUint32(4, said.length);
  whole.set(said, 8);
  return whole;
}

function read(chunks: Uint8Array[]) {
  const { push, end } = dockerLines();
  return [...chunks.flatMap(push), ...end()];
}

const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));
const at = "2026-11-25T21:00:00.123456789Z";

describe("the log of a container", () => {
  const whole = joined(
    frame(1, `${at} one\n${at} t`),
    frame(2, `${at} oh no: ü\n`),
    frame(1, "wo\n"),
    frame(1, `${at} open`),
  );
  const lines = [
    { kind: "output", text: "one", at },
    { kind: "errors", text: "oh no: ü", at },
    { kind: "output", text: "two", at },
    { kind: "output", text: "open", at },
  ];

  test("is told apart by stream, whole lines each, with their times", () => expect(read([whole])).toEqual(lines));

  test("may be cut anywhere: in a header, in a letter, in a line", () => {
    for (const size of [1, 3, 7, 50])
      expect(
        read(
          Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
            whole.slice(index * size, (index + 1) * size),
          ),
        ),
      ).toEqual(lines);
  });

  test("of one with a terminal is bare bytes, however short", () => {
    expect(read([bytes("$ ls\r\nbin\r\n")])).toEqual([
      { kind: "output", text: "$ ls" },
      { kind: "output", text: "bin" },
    ]);
    expect(read([bytes("hi")])).toEqual([{ kind: "output", text: "hi" }]);
  });

  test("has no colours, no cursor movements, and no half of a line that was written over", () => {
    expect(
      read([frame(1, "\u001b[1;31mred\u001b[0m \u001b]0;title\u0007plain\n 10%\r 99%\rdone\n")]).map(
        ({ text }) => text,
      ),
    ).toEqual(["red plain", "done"]);
  });

  test("keeps no more of a line without end than it shows", () => {
    const [line] = read(Array.from({ length: 50 }, () => frame(1, "x".repeat(10_000))));
    expect(line!.text.length).toBeLessThanOrEqual(20_000);
  });
});
