"use client";

import { CopyPlus } from "lucide-react";
import { SaveTemplate } from "#components/templates/save-template.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

/** Another environment like this one, now or later. */
export function CopyActions({ id, name }: { id: string; name: string }) {
  return (
    <>
      <ButtonLink href={`/dashboard/environments/new?from=${id}`}>
        <CopyPlus className="size-3.5" aria-hidden />
        Clone
      </ButtonLink>
      <SaveTemplate servers={() => ({ environment_id: id })} suggested={name} />
    </>
  );
}
