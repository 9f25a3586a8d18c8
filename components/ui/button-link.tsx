import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonClass, type Look } from "./button-look.ts";

/** A link that looks like a button; apart from it, so that what has no link does not load any. */
export function ButtonLink({ variant, size, className, ...rest }: Look & ComponentProps<typeof Link>) {
  return <Link className={buttonClass({ variant, size }, className)} {...rest} />;
}
