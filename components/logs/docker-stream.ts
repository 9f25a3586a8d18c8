/** What a container says, cut into lines: which stream each came by, and when. */
export type DockerLine = { kind: "output" | "errors"; text: string; at?: string };

const headerBytes = 8;
/** The rest of a longer line is dropped. */
const lineLength = 20_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours and cursor movements begin with escape
const escapes = /\u001b(\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(\u0007|\u001b\\)|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not text, but the tabulator
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) ?/;

/**
 * Reads the log of a container as an engine sends it: frames of a stream's number, three zeros and a length, or bare
 * bytes where the container has a terminal. Chunks may end anywhere. Timestamps, where they were asked for, are taken off.
 */
export function dockerLines(): { push(chunk: Uint8Array): DockerLine[]; end(): DockerLine[] } {
  const outputs = { output: splitter("output"), errors: splitter("errors") };
  let isFramed: boolean | undefined;
  let waiting = new Uint8Array(0);
  let left = 0;
  let kind: DockerLine["kind"] = "output";

  function push(chunk: Uint8Array): DockerLine[] {
    waiting = joined(waiting, chunk);
    if (isFramed === undefined && waiting.length < headerBytes) return [];
    isFramed ??= waiting[0]! <= 2 && waiting[1] === 0 && waiting[2] === 0 && waiting[3] === 0;
    if (!isFramed) return outputs.output.push(take(waiting.length));
    const lines: DockerLine[] = [];
    while (waiting.length > 0) {
      if (left === 0) {
        if (waiting.length < headerBytes) break;
        const header = take(headerBytes);
        kind = header[0] === 2 ? "errors" : "output";
        left = new DataView(header.buffer, header.byteOffset).getUint32(4);
        continue;
      }
      const piece = take(Math.min(left, waiting.length));
      left -= piece.length;
      lines.push(...outputs[kind].push(piece));
    }
    return lines;
  }
  function take(bytes: number): Uint8Array {
    const taken = waiting.subarray(0, bytes);
    waiting = waiting.slice(bytes);
    return taken;
  }
  function end(): DockerLine[] {
    const rest = isFramed === true ? [] : outputs.output.push(take(waiting.length));
    return [...rest, ...outputs.output.end(), ...outputs.errors.end()];
  }
  return { push, end };
}

function splitter(kind: DockerLine["kind"]) {
  const decoder = new TextDecoder();
  let open = "";
  const split = (text: string): DockerLine[] => {
    const lines = (open + text).split("\n");
    open = lines.pop()!.slice(0, lineLength);
    return lines.map((line) => cleaned(kind, line));
  };
  return {
    push: (bytes: Uint8Array) => split(decoder.decode(bytes, { stream: true })),
    end: () => [...split(decoder.decode()), ...(open === "" ? [] : [cleaned(kind, open)])],
  };
}

function cleaned(kind: DockerLine["kind"], line: string): DockerLine {
  const at = stamp.exec(line);
  const said = (at ? line.slice(at[0].length) : line).slice(0, lineLength).replace(/\r$/, "");
  // What a program overwrote on its line is not there any more.
  const text = said
    .slice(said.lastIndexOf("\r") + 1)
    .replace(escapes, "")
    .replace(controls, "");
  return { kind, text, ...(at ? { at: at[1] } : {}) };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
