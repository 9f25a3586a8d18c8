import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { proofs } from "./proofs.ts";
import {
  ARROWS,
  arrowsBroken,
  cycles,
  importsOf,
  LINE_LIMIT,
  roomOf,
  type SourceFile,
  tooLong,
} from "./support/architecture.ts";

const files: SourceFile[] = globSync("{app,components,drizzle,lib}/**/*.{ts,tsx,mjs}")
  .filter((path) => !path.endsWith(".d.mts"))
  .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
const inLib = files.filter(({ path }) => path.startsWith("lib/"));

describe("the house as it stands", () => {
  test("every file lies in a room that the table knows", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.map(({ path }) => path).filter((path) => !(roomOf(path)! in ARROWS))).toEqual([]);
  });
  test("every import follows the arrows", () => expect(arrowsBroken(files)).toEqual([]));
  test("no files of lib import each other in a circle", () => expect(cycles(inLib)).toEqual([]));
  test(`no file is longer than ${LINE_LIMIT} lines`, () => expect(tooLong(files)).toEqual([]));
});

test("what npm test leaves out is there, and so is what shows it in short, which npm test runs", () => {
  const pairs = Object.values(proofs).flatMap((kind) => Object.entries(kind));
  expect(pairs.flat().filter((path) => !existsSync(path))).toEqual([]);
  const long = new Set(pairs.map(([path]) => path));
  expect(pairs.filter(([, short]) => long.has(short))).toEqual([]);
});

const fileIn = (room: string) =>
  ({ app: "app/page.tsx", components: "components/ui/a.tsx", drizzle: "drizzle/schema/a.ts", root: "lib/a.ts" })[
    room
  ] ?? `lib/${room}/a.ts`;
const rooms = Object.keys(ARROWS);

/** Every arrow that the table does not draw, each as an import planted in a file that has no other. */
const forbidden = rooms.flatMap((from) =>
  rooms
    .filter((to) => to !== from && !ARROWS[from]!.includes(to) && !["root", "model"].includes(to))
    .map((to) => ({ from, to })),
);

describe("a planted import is caught", () => {
  test.each(forbidden)("$from → $to", ({ from, to }) => {
    const planted = { path: fileIn(from), text: `import { a } from "#${fileIn(to)}";\n` };
    expect(arrowsBroken([planted])).toEqual([`${fileIn(from)} → ${fileIn(to)}`]);
  });

  test.each([
    ["model imports nothing of the house", "model", 'import { newId } from "#lib/ids.ts";'],
    ["providers never see the database's driver", "providers", 'import { sql } from "drizzle-orm/pg-core";'],
    ["components get no value from a contract", "components", 'import { create } from "#lib/api/contracts/tokens.ts";'],
    ["domain does not import engine by a dynamic import", "domain", 'const a = await import("#lib/engine/a.ts");'],
    ["domain does not import engine by a re-export", "domain", 'export { a } from "#lib/engine/a.ts";'],
    ["domain does not import engine for its effects", "domain", 'import "#lib/engine/a.ts";'],
    ["domain does not import engine's types either", "domain", 'import type { A } from "#lib/engine/a.ts";'],
    ["domain does not import engine by a relative path", "domain", 'import { a } from "../engine/a.ts";'],
    [
      "domain does not import engine over several lines",
      "domain",
      'import {\n  a,\n  type B,\n} from "#lib/engine/a.ts";',
    ],
    ["nothing imports a test", "engine", 'import { fake } from "#tests/support/fake.ts";'],
  ])("%s", (_guarantee, room, text) => expect(arrowsBroken([{ path: fileIn(room), text }])).toHaveLength(1));

  test("and a drawn one is not", () => {
    const drawn = rooms.flatMap((from) =>
      ARROWS[from]!.map((to) => ({ path: fileIn(from), text: `import { a } from "#${fileIn(to)}";\n` })),
    );
    expect(arrowsBroken(drawn.filter(({ text }) => !text.includes("#lib/bin/")))).toEqual([]);
  });

  test("components take types from anywhere in lib", () => {
    const text = 'import type { Environment } from "#lib/domain/environments/get.ts";';
    expect(arrowsBroken([{ path: "components/ui/a.tsx", text }])).toEqual([]);
  });
});

test("imports are found in every form, and a word in a text is none", () => {
  const text = [
    'import a, { type B } from "one";',
    'import type C from "two";',
    'import * as d from "three"; import "four";',
    'export * from "five";',
    'export type { E } from "six";',
    'const f = import("seven");',
    'const g = "we import things from somewhere";',
  ].join("\n");
  const found = importsOf({ path: "lib/a.ts", text }).map(({ to, typeOnly }) => `${to}${typeOnly ? " (type)" : ""}`);
  expect(found).toEqual(["one", "two (type)", "three", "four", "five", "six (type)", "seven"]);
});

test("a circle of files is found wherever it is entered", () => {
  const circle = [
    { path: "lib/model/a.ts", text: 'import { b } from "./b.ts";' },
    { path: "lib/model/b.ts", text: 'import { c } from "./c.ts";' },
    { path: "lib/model/c.ts", text: 'import { b } from "#lib/model/b.ts";' },
  ];
  expect(cycles(circle)).toEqual(["lib/model/b.ts → lib/model/c.ts → lib/model/b.ts"]);
  circle[2]!.text = 'import type { B } from "#lib/model/b.ts";';
  expect(cycles(circle)).toEqual([]);
});

test("a file of one line too many is found", () => {
  const text = "//\n".repeat(LINE_LIMIT + 1);
  expect(tooLong([{ path: "lib/a.ts", text }])).toEqual([`lib/a.ts: ${LINE_LIMIT + 1} lines`]);
});
