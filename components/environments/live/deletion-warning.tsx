import type { LiveNode } from "./live-environment.ts";

const mostNames = 10;

/** What the button says that deletes them. */
export const deletionVerb = (nodes: readonly LiveNode[]): string =>
  nodes.length === 1 ? "Delete the server" : "Delete all servers";

/** Exactly what a deletion loses. */
export function DeletionWarning({ nodes }: { nodes: readonly LiveNode[] }) {
  const named = nodes.slice(0, mostNames);
  const more = nodes.length - named.length;
  return (
    <>
      <p>This cannot be undone, nor stopped once it has begun. Lost for good:</p>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {named.map(({ name, packages }) => (
          <li key={name}>
            the server <strong className="font-semibold text-ink">{name}</strong>
            {packages.length > 0
              ? ` with ${packages.join(", ")} and all that is on its disk`
              : " and all that is on its disk"}
          </li>
        ))}
        {more > 0 && (
          <li>
            {more} more {more === 1 ? "server" : "servers"}, and all that is on their disks
          </li>
        )}
        <li>{nodes.length === 1 ? "its address" : "their addresses"}, the network, and the generated passwords</li>
      </ul>
      <p>Copies that you keep elsewhere, the application and the provider stay.</p>
    </>
  );
}
