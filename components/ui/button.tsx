import type { ComponentProps } from "react";
import { buttonClass, type Look } from "./button-look.ts";

export function Button({ variant, size, className, type = "button", ...rest }: Look & ComponentProps<"button">) {
  return <button type={type} className={buttonClass({ variant, size }, className)} {...rest} />;
}
