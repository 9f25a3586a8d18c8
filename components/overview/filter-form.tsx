"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from "react";

/** A form whose fields become the URL: at once when a choice changes, by Enter or the button for what is typed. */
export function FilterForm({ values, children }: { values: Record<string, string | undefined>; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The browser's way back changes the URL under fields that React leaves alone.
    for (const field of form.current?.elements ?? [])
      if (isField(field) && field !== document.activeElement) field.value = values[field.name] ?? "";
  }, [values]);
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const seek = (form: HTMLFormElement) => {
    const said = [...new FormData(form)].filter((entry): entry is [string, string] => Boolean(entry[1]));
    const query = new URLSearchParams(said).toString();
    startTransition(() => router.push(query ? `/dashboard?${query}` : "/dashboard", { scroll: false }));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    seek(event.currentTarget);
  };
  const change = (event: FormEvent<HTMLFormElement>) => {
    if (event.target instanceof HTMLSelectElement) seek(event.currentTarget);
  };
  return (
    <search className="mb-4 block">
      <form
        ref={form}
        action="/dashboard"
        aria-busy={busy}
        onSubmit={submit}
        onChange={change}
        className="flex flex-wrap gap-2"
      >
        {children}
      </form>
    </search>
  );
}

const isField = (element: Element): element is HTMLInputElement | HTMLSelectElement =>
  element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && element.type === "search");
