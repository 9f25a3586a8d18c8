// Lighthouse on the landing page, the overview and an environment's page, of the product as it was built; ends with 1
// where one of the four figures is under 95. Lighthouse comes by npx, and is no part of the product:
//   npm run lighthouse
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBrowser } from "../support/browser.ts";
import { openShowcase } from "./open.ts";

const LIGHTHOUSE = "lighthouse@13.5.0";
const LEAST = 95;
const RUN_MS = 10 * 60_000;
const categories = ["performance", "accessibility", "best-practices", "seo"] as const;

type Report = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { displayValue?: string; score: number | null; title: string }>;
};

const folder = mkdtempSync(join(tmpdir(), "cloudhero-lighthouse-"));
const showcase = await openShowcase();
try {
  const cookies = await showcase.page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const pages = [
    { name: "landing", path: "/" },
    { name: "overview", path: "/dashboard", cookie },
    { name: "environment", path: `/dashboard/environments/${showcase.made.environment}`, cookie },
  ];
  for (const { name, path, cookie } of pages) tell(name, await measure(`${showcase.url}${path}`, cookie));
} finally {
  await showcase.close();
  rmSync(folder, { recursive: true, force: true });
}

/** As Lighthouse measures on a desktop, which is what a dashboard is used on. */
async function measure(url: string, cookie?: string): Promise<Report> {
  const [headers, output] = [join(folder, "headers.json"), join(folder, "report.json")];
  writeFileSync(headers, JSON.stringify(cookie ? { Cookie: cookie } : {}));
  const { executablePath, args } = await findBrowser();
  const words = ["--yes", LIGHTHOUSE, url, "--quiet", "--preset=desktop", "--output=json", `--output-path=${output}`];
  const more = [`--extra-headers=${headers}`, `--only-categories=${categories.join(",")}`];
  const flags = `--chrome-flags=${["--headless=new", ...args].join(" ")}`;
  const env = { ...process.env, CHROME_PATH: executablePath };
  const run = () =>
    promisify(execFile)("npx", [...words, ...more, flags], { env, timeout: RUN_MS, maxBuffer: 64 << 20 });
  // Chromium now and then loses the beginning of its trace; Lighthouse's own advice is another run.
  await run().catch((error: Error) => (error.message.includes("NO_NAVSTART") ? run() : Promise.reject(error)));
  return JSON.parse(readFileSync(output, "utf8"));
}

function tell(name: string, { categories: scores, audits }: Report): void {
  const figures = categories.map((category) => [category, Math.round((scores[category]?.score ?? 0) * 100)] as const);
  console.log(`${name}: ${figures.map(([category, score]) => `${category} ${score}`).join(", ")}`);
  if (figures.every(([, score]) => score >= LEAST)) return;
  process.exitCode = 1;
  for (const { title, score, displayValue } of Object.values(audits))
    if (score !== null && score < 0.9) console.log(`  ${title}: ${displayValue ?? score}`);
}
