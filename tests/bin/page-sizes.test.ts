import { describe, expect, test } from "vitest";
import { buildFolder } from "#lib/bin/build.mjs";
import { pageSizes } from "#lib/bin/page-sizes.mjs";
import { productBuilt } from "../support/server-process.ts";

/** 130 KB; of these React and Next take 116,000 bytes before a line of ours. */
const BUDGET_BYTES = 130 * 1024;

describe.runIf(productBuilt)("the build", () => {
  const sizes = productBuilt ? pageSizes(buildFolder(process.cwd())) : [];

  test.each(sizes)(
    "$page loads $bytes bytes of compressed script at first, which is within the budget",
    ({ bytes }) => {
      expect(bytes).toBeGreaterThan(100_000);
      expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
    },
  );

  test("every page is measured", () => {
    const pages = sizes.map(({ page }) => page);
    expect(pages).toEqual(expect.arrayContaining(["/", "/dashboard", "/dashboard/environments/[id]", "/login"]));
  });
});
