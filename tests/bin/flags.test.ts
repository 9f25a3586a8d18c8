import { expect, test } from "vitest";
import { readFlags } from "#lib/bin/flags.mjs";

test.each([
  [["--port", "9000"], { PORT: "9000" }],
  [["--port=9000"], { PORT: "9000" }],
  [["--data-dir", "/srv/data", "--host", "0.0.0.0"], { CLOUDHERO_DATA_DIR: "/srv/data", CLOUDHERO_HOST: "0.0.0.0" }],
  [["--database-url", "postgres://a:b@c/d?e=f"], { DATABASE_URL: "postgres://a:b@c/d?e=f" }],
  [["--trust-proxy", "--port", "1"], { CLOUDHERO_TRUST_PROXY: "1", PORT: "1" }],
  [["--secret=a=b"], { CLOUDHERO_SECRET: "a=b" }],
  [[], {}],
])("%j sets %j", (words, variables) => expect(readFlags(words)).toEqual({ dev: false, variables }));

test("--dev takes no value and swallows none", () => {
  expect(readFlags(["--dev", "--port", "9000"])).toEqual({ dev: true, variables: { PORT: "9000" } });
});

test.each(["9000", "-p", "--", "--Port"])("%s is refused by name", (word) => {
  expect(() => readFlags([word])).toThrow(`"${word}" is not a flag`);
});
