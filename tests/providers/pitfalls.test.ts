import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Where the list lies, beside the repository; it is not a part of it. */
const file = join(import.meta.dirname, "../../../shared/design/CLOUD-PITFALLS.md");
const there = existsSync(file);
const folder = join(import.meta.dirname, "..");
const sources = globSync("**/*.test.ts", { cwd: folder }).concat("providers/contract.ts");
const names = sources.flatMap((path) =>
  [...readFileSync(join(folder, path), "utf8").matchAll(/["`]([^"`\n]*pitfall[^"`\n]*)["`]/g)].map(([, name]) => name!),
);

/** Every line of the list as its tests call it: "ec2 pitfall 3", "pitfall 1 of both". */
function lines(): string[] {
  const found: string[] = [];
  let heading = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line.startsWith("## ")) heading = line.slice(3).trim().toLowerCase();
    const number = /^(\d+)\./.exec(line)?.[1];
    if (number) found.push(`${heading} pitfall ${number}`);
    if (line.startsWith("- "))
      found.push(`pitfall ${found.filter((one) => one.endsWith("of both")).length + 1} of both`);
  }
  return found;
}

describe.runIf(there)("what goes wrong on real clouds", () => {
  test("has a list of thirty lines or so", () => expect(lines().length).toBeGreaterThan(25));

  test.each(there ? lines() : [])("%s has its test", (pitfall) => {
    expect(names.filter((name) => name.startsWith(`${pitfall}:`))).not.toEqual([]);
  });
});
