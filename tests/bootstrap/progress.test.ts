import { describe, expect, test } from "vitest";
import { editDistance } from "#lib/bootstrap/nearest.ts";
import { type BootstrapEvent, readProgress } from "#lib/bootstrap/progress.ts";
import { scrubber } from "#lib/bootstrap/scrub.ts";
import { generateKeyPair, keyBlob, keyType } from "#lib/bootstrap/ssh/keys.ts";
import { lineSplitter, MAX_LINE_CHARACTERS } from "#lib/bootstrap/ssh/lines.ts";

function split(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

describe("lines", () => {
  test("are whole wherever the bytes were cut, also within a character", () => {
    const bytes = Buffer.from("Größe: 5 €\nnächste 🚀 Zeile\nletzte");
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(split(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(["Größe: 5 €", "nächste 🚀 Zeile", "letzte"]);
    }
  });

  test("start over at a carriage return, as on a terminal", () => {
    expect(split("10%\r50%\r", "100%\ndone\r\n", "a\r", "\nb")).toEqual(["100%", "done", "a", "b"]);
  });

  test("keep at most 2,000 characters, whatever is sent without an end", () => {
    const lines = split(...Array.from({ length: 500 }, () => "x".repeat(10_000)), "\nnext\n");
    expect(lines.map(({ length }) => length)).toEqual([MAX_LINE_CHARACTERS, 4]);
  });

  test("are text without colours and control characters; empty ones and bad UTF-8 pass", () => {
    expect(split("\u001b[1;32mok\u001b[0m\u0007\tfine\n\n")).toEqual(["ok\tfine", ""]);
    expect(split(Buffer.from([0x61, 0xff, 0x62, 0x0a]))).toEqual(["a\ufffdb"]);
  });
});

describe("progress", () => {
  test("a secret is blanked wherever it stands, the longer of two first", () => {
    const scrub = scrubber(["secret", "secret-longer", ""]);
    expect(scrub("a secret-longer, a secret.")).toBe("a ••••••, a ••••••.");
  });

  test("steps, packages and lines are told apart, and only the last 20 lines of the step are kept", () => {
    const events: BootstrapEvent[] = [];
    const redis = { username: "cloudhero", password: "Pa55word" };
    const { progress, onLine } = readProgress({ redis }, (event) => events.push(event));
    onLine("before");
    onLine("::cloudhero step 2 5 installing redis");
    for (let count = 1; count <= 30; count++) onLine(`line ${count} with Pa55word`);
    onLine("::cloudhero package redis 7.0.15 ok");
    onLine("::cloudhero package nginx  failed");
    onLine("::cloudhero package unheard-of 1 ok");
    expect(events[1]).toEqual({ kind: "step", step: 2, steps: 5, title: "installing redis" });
    expect(progress.step).toBe("installing redis");
    expect(progress.lastLines).toHaveLength(20);
    expect(progress.lastLines.at(-2)).toBe("line 30 with ••••••");
    expect(progress.packages).toEqual([
      { name: "redis", version: "7.0.15", ok: true },
      { name: "nginx", version: "", ok: false },
    ]);
  });

  test("edit distance counts insertions, deletions and replacements", () => {
    const pairs = [
      ["", "abc", 3],
      ["kitten", "sitting", 3],
      ["same", "same", 0],
      ["abc", "", 3],
    ] as const;
    for (const [from, to, distance] of pairs) expect(editDistance(from, to)).toBe(distance);
  });
});

describe("keys", () => {
  test("each pair is new, in OpenSSH's form, and its type is read from its bytes", () => {
    const [one, two] = [generateKeyPair("environment a"), generateKeyPair("environment a")];
    expect(one.privateKey).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/);
    expect(one.publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ environment a$/);
    expect(one.publicKey).not.toBe(two.publicKey);
    expect([keyType(one.publicKey), keyType(keyBlob(one.publicKey))]).toEqual(["ssh-ed25519", "ssh-ed25519"]);
    for (const wrong of ["", "ssh-ed25519", "AAAA", "hello world"]) expect(() => keyType(wrong)).toThrow(RangeError);
  });
});
