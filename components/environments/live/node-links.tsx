import { SquareTerminal } from "lucide-react";
import Link from "next/link";
import { ButtonLink } from "#components/ui/button-link.tsx";
import type { LiveNode } from "./live-environment.ts";

const pageOf = (id: string, name: string, page: string) =>
  `/dashboard/environments/${id}/nodes/${encodeURIComponent(name)}/${page}`;

/** In these a server can be logged in to. */
const open: ReadonlySet<string> = new Set(["installing", "ready", "failed"]);

/** Leads to a shell on the node, where there may be one. */
export function TerminalLink({ id, node: { name, state, ssh } }: { id: string; node: LiveNode }) {
  if (!ssh || !open.has(state)) return null;
  return (
    <ButtonLink size="small" href={pageOf(id, name, "terminal")} prefetch={false}>
      <SquareTerminal className="size-3.5" aria-hidden />
      Terminal<span className="sr-only"> of {name}</span>
    </ButtonLink>
  );
}

/** Leads to the node's log, with search and download. */
export function WholeLogLink({ id, name }: { id: string; name: string }) {
  return (
    <p className="mt-2 text-xs">
      <Link
        href={pageOf(id, name, "log")}
        prefetch={false}
        className="rounded-sm text-ink-soft underline underline-offset-2 hover:text-ink"
      >
        Search the log<span className="sr-only"> of {name}</span>
      </Link>
    </p>
  );
}
