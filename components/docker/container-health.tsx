import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ContainerDetail } from "#lib/console/container.ts";
import { DockerState } from "./state.tsx";

/** What the container's own check says, and the last answers it gave. */
export function ContainerHealth({ health }: { health: NonNullable<ContainerDetail["health"]> }) {
  return (
    <Section title="Health">
      <p className="flex flex-wrap items-center gap-2 text-ink-soft">
        <DockerState state={health.status} />
        {health.failing > 0 && `${health.failing} failures in a row`}
      </p>
      <ul className="flex flex-col gap-2">
        {health.log.map(({ at, exitCode, output }) => (
          <li key={at} className="text-ink-soft text-xs">
            <RelativeTime at={at} /> · exit code {exitCode}
            {output.trim() && <code className="block break-all font-mono text-ink-faint">{output.trim()}</code>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
