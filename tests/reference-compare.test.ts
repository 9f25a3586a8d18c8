import { describe, expect, test } from "vitest";
import { differences } from "#tests/support/reference/compare.ts";
import { examplesIn } from "#tests/support/reference/read.ts";

describe("comparing with the reference finds", () => {
  const expected = { std_out: { alias: { web: [{ id: "i-1", state: { code: "16" } }] } }, success: true };
  const shape = { maps: ["std_out", "std_out.*"] };
  const answer = (server: unknown, more: object = {}) => ({
    std_out: { other: { db: server } },
    success: true,
    ...more,
  });
  const server = { id: "i-2", state: { code: "0" } };

  test("nothing where only names, values and additional fields differ", () => {
    expect(differences(answer([{ ...server, endpoints: {} }], { state: "running" }), expected, shape)).toEqual([]);
  });

  test.each([
    ["a field renamed", answer([{ identity: "i-2", state: { code: "0" } }]), "std_out.*.*.*.id is missing"],
    ["a field dropped at depth", answer([{ ...server, state: {} }]), "std_out.*.*.*.state.code is missing"],
    [
      "a text become a number",
      answer([{ ...server, state: { code: 0 } }]),
      "std_out.*.*.*.state.code is a number, not a string",
    ],
    ["a text become null", answer([{ ...server, id: null }]), "std_out.*.*.*.id is null, not a string"],
    ["a list grown", answer([server, server]), "std_out.*.* has 2 elements, not 1"],
    ["a list become its element", answer(server), "std_out.*.* is a object, not a list"],
    ["a map without an entry", { std_out: {}, success: true }, "std_out is empty"],
    [
      "one server of two that differs",
      { std_out: { a: { x: [server], y: [{}] } }, success: true },
      "std_out.*.*.*.id is missing",
    ],
    ["a level too many", [answer([server])], "the answer is a list, not a object"],
  ])("%s", (_, actual, difference) => {
    expect(differences(actual, expected, shape)).toContain(difference);
  });
});

test("a curl block is read as a person reads it, with its faults", () => {
  const text = [
    "# Things",
    "## Make one",
    "```shell",
    "# With shell, you can",
    'curl "http://s.example:8080/things?wait=1"',
    '  -H  "Content-Type: application/json"',
    '  -H "Authentication-Token: meow"',
    '  -d \'{"name": "x",',
    '       "list": ["a-d", 1]}',
    "```",
    "> The above",
    "```json",
    "[1]",
    "```",
    "## Stop it",
    "```shell",
    'curl -X DELETE "http://s.example:8080/things/thing_id"',
    "```",
    "```json",
    "{}",
    "```",
  ].join("\n");
  expect(examplesIn(text)).toEqual([
    {
      title: "Make one",
      method: "POST",
      path: "/things?wait=1",
      headers: { "Content-Type": "application/json", "Authentication-Token": "meow" },
      body: '{"name": "x",\n       "list": ["a-d", 1]}',
      answer: "[1]\n",
    },
    { title: "Stop it", method: "DELETE", path: "/things/thing_id", headers: {}, body: undefined, answer: "{}\n" },
  ]);
});
