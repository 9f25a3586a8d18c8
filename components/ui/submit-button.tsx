"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button.tsx";

/** Submits its form, once: while the form's action runs it is busy, and says so. Its width does not change. */
export function SubmitButton({ children, disabled, ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant="primary" disabled={disabled || pending} aria-busy={pending} {...rest}>
      <span className="grid place-items-center [&>*]:col-start-1 [&>*]:row-start-1">
        <span className={pending ? "invisible" : "inline-flex items-center gap-1.5"}>{children}</span>
        {pending && <LoaderCircle className="size-4 motion-safe:animate-spin" aria-label="Working" />}
      </span>
    </Button>
  );
}
