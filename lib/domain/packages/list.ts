import { catalogueOf } from "#lib/bootstrap/catalogue.ts";

/** The packages that a server can be given. */
export const listPackages = () => catalogueOf("debian-12");
