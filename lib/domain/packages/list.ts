import { catalogueOf } from "#lib/bootstrap/catalogue.ts";
import type { ImageName } from "#lib/model/launch.ts";

/** The packages that a server with this image can be given, in the versions of that image. */
export const listPackages = (image: ImageName = "debian-12") => catalogueOf(image);
