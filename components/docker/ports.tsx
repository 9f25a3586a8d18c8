type PortsProps = { ports: readonly { text: string; url: string | null }[] };

const atMost = 6;

/** Published ports; each leads to where it answers. */
export function Ports({ ports }: PortsProps) {
  if (ports.length === 0) return <span className="text-ink-faint">–</span>;
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-1">
      {ports.slice(0, atMost).map(({ text, url }) =>
        url ? (
          <a
            key={text + url}
            href={url}
            target="_blank"
            rel="noreferrer"
            className="tabular whitespace-nowrap rounded-sm text-accent underline-offset-2 hover:underline"
          >
            {text}
          </a>
        ) : (
          <span key={text} className="tabular whitespace-nowrap text-ink-soft">
            {text}
          </span>
        ),
      )}
      {ports.length > atMost && <span className="text-ink-faint">+{ports.length - atMost}</span>}
    </span>
  );
}
