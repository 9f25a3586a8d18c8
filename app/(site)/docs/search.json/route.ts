import { searchIndex } from "#lib/api/reference/search-index.ts";

/** Made with the build: it is the same for every reader. */
export const dynamic = "force-static";

export const GET = () => Response.json(searchIndex());
