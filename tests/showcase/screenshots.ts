// Pictures of every page at 390, 1440 and 2560 pixels in both themes, of the product as it was built:
//   npm run screenshots -- some-folder
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { addresses, docsPages } from "../e2e/addresses.ts";
import { everyPage, inNode, shop, withCluster } from "../e2e/cluster-pages.ts";
import { dockerAvailable } from "../support/docker.ts";
import { openShowcase, type Showcase } from "./open.ts";

const widths = [390, 1440, 2560];
const themes = ["light", "dark"] as const;

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder for the pictures: npm run screenshots -- some-folder");
const target = resolve(process.env.INIT_CWD ?? ".", folder);
mkdirSync(target, { recursive: true });

const showcase = await openShowcase();
try {
  for (const { page: name, open, at } of addresses) await picture(showcase, name, at(showcase.made), open);
  for (const path of docsPages) await picture(showcase, path, path, true);
  if (dockerAvailable) await picturesOfCluster(showcase);
} finally {
  await showcase.close();
}

/** A cluster of one real node, with something on it. */
async function picturesOfCluster(showcase: Showcase): Promise<void> {
  const { page } = showcase;
  await withCluster(page, async (own, server) => {
    inNode(server, ["stack", "deploy", "--resolve-image", "never", "-c", "-", "shop"], `version: "3.8"\n${shop}`);
    inNode(server, ["network", "create", "-d", "overlay", "--attachable", "backbone"]);
    await page.waitForTimeout(10_000);
    for (const path of await everyPage(page, own)) {
      const rest = path.slice(own.length).replace(/\/[0-9a-z]{25,64}/, "/id");
      await picture(showcase, `/dashboard/environments/docker${rest}`, path, false);
    }
  });
}

/** A page for everybody is pictured as nobody sees it. */
async function picture({ browser, page, url }: Showcase, name: string, path: string, open: boolean): Promise<void> {
  const seen = open ? await browser.newPage({ baseURL: url, reducedMotion: "reduce" }) : page;
  const file = name === "/" ? "landing" : name.slice(1).replaceAll(/[/[\]]+/g, "-");
  for (const width of widths) {
    await seen.setViewportSize({ width, height: width < 700 ? 844 : width > 2000 ? 1440 : 900 });
    for (const colorScheme of themes) {
      await seen.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await seen.goto(path, { waitUntil: "load" });
      await seen.waitForTimeout(400);
      await seen.screenshot({ path: join(target, `${file}-${width}-${colorScheme}.png`), fullPage: width < 700 });
    }
  }
  if (open) await seen.close();
  console.log(name);
}
