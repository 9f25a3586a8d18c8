import { globSync } from "node:fs";

/** The address of every page of the product, as its folders say it: "/dashboard/environments/[id]". */
export const pagePaths = globSync("app/**/page.tsx")
  .map(
    (file) =>
      `/${file
        .split("/")
        .slice(1, -1)
        .filter((folder) => !folder.startsWith("("))
        .join("/")}`,
  )
  .sort();
