import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";
import type { EnvironmentView } from "#lib/domain/environments/view.ts";

type MissingProps = {
  environment: Pick<EnvironmentView, "id" | "lastError" | "nodes">;
  missing: readonly string[];
  /** Why nothing at all could be read. */
  problem?: string | null;
  /** What the swarm itself complains of. */
  trouble?: string | null;
};

/** Which nodes do not answer, that what they have is missing from the page, and what CloudHero knows about it. */
export function MissingNodes({ environment: { id, lastError, nodes }, missing, problem, trouble }: MissingProps) {
  if (missing.length === 0 && !problem && !trouble) return null;
  const known = nodes.filter(({ name, error, state }) => missing.includes(name) && (error || state !== "ready"));
  const advice = new Set([trouble, lastError].filter((words): words is string => Boolean(words)));
  return (
    <div className="mb-5">
      <Notice
        tone={problem ? "bad" : "warn"}
        actions={
          <Link href={`/dashboard/environments/${id}`} className="rounded-sm font-medium underline">
            See the servers
          </Link>
        }
      >
        {problem && <p>{problem}</p>}
        {missing.length > 0 && (
          <p>
            <strong className="font-semibold">{missing.join(", ")}</strong>{" "}
            {missing.length === 1 ? "does not answer: what it has is" : "do not answer: what they have is"} missing
            here.
          </p>
        )}
        {known.map(({ name, state, error }) => (
          <p key={name}>
            {name} is {state}
            {error ? `: ${error}` : "."}
          </p>
        ))}
        {[...advice].map((words) => (
          <p key={words}>{words}</p>
        ))}
      </Notice>
    </div>
  );
}
