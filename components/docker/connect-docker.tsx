import { buttonClass } from "#components/ui/button-look.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Section } from "#components/ui/section.tsx";

type ConnectProps = {
  id: string;
  /** What the context is called. */
  name: string;
  origin: string;
  /** Nodes whose own port 4000 the reader may connect to. */
  nodes: string[];
};

/** How a Docker client is pointed at this cluster: a bundle to download, and lines for a terminal. */
export function ConnectDocker({ id, name, origin, nodes }: ConnectProps) {
  const bundle = `/environments/${id}/docker-context`;
  const authorized = `curl -fsS -H "Authentication-Token: $CLOUDHERO_TOKEN"`;
  const imported = `${authorized} -o ${name}.tar ${origin}${bundle} && docker context import ${name} ${name}.tar && docker context use ${name}`;
  const evaluated = `eval "$(${authorized} ${origin}/environments/${id}/docker-env)"`;
  return (
    <Section title="Connect Docker">
      <p className="text-ink-soft">
        All nodes answer as one Docker host. The bundle holds a certificate of your own, with your role, for 30 days.
      </p>
      <div className="flex flex-col gap-2">
        <CopyLine text={imported} label="Copy the lines for a Docker context" />
        <CopyLine text={evaluated} label="Copy the line for this shell" />
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <a href={bundle} download className={buttonClass({ size: "small" })}>
          Download the bundle
        </a>
        {nodes.length > 0 && (
          <span className="text-ink-faint text-xs">
            Port 4000 of one node, for 7 days:{" "}
            {nodes.slice(0, 8).map((node, index) => (
              <span key={node}>
                {index > 0 && ", "}
                <a href={`${bundle}?node=${encodeURIComponent(node)}`} download className="rounded-sm underline">
                  {node}
                </a>
              </span>
            ))}
          </span>
        )}
      </p>
    </Section>
  );
}
