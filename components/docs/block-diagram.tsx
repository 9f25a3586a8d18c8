/** The reference's block diagram: who asks, what CloudHero keeps and does, where servers come to be. */
export function BlockDiagram() {
  return (
    <svg
      viewBox="0 0 640 388"
      role="img"
      aria-labelledby="block-title block-detail"
      className="mt-6 w-full max-w-2xl font-sans"
    >
      <title id="block-title">How CloudHero is built</title>
      <desc id="block-detail">
        A browser with the dashboard, a script with the JSON API and any Docker client talk to CloudHero. CloudHero
        keeps wishes in Postgres, its engine observes, decides and acts until the cloud matches them, and its gateway
        makes one Docker host of many. Servers are made on Amazon EC2, DigitalOcean or a Docker engine; packages are
        installed over SSH, and Docker clusters answer by TLS.
      </desc>
      <defs>
        <marker id="block-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 7 4 1 7" className="fill-none stroke-line-strong" strokeWidth="1.3" />
        </marker>
      </defs>
      {askers.map(([title, detail], index) => (
        <Box key={title} x={20 + index * 205} y={10} width={190} title={title} detail={detail} />
      ))}
      <rect x={10} y={112} width={620} height={128} rx={12} className="fill-accent-soft/50 stroke-accent/40" />
      <text x={28} y={226} className="fill-accent font-semibold" fontSize={12}>
        CloudHero
      </text>
      <Box x={28} y={140} width={120} title="Verbs" detail="check, record" />
      <Box x={184} y={140} width={130} title="Postgres" detail="wish, state, events" />
      <Box x={350} y={140} width={120} title="Engine" detail="observe, decide, act" />
      <Box x={498} y={140} width={114} title="Gateway" detail="one big engine" />
      {clouds.map(([title, detail], index) => (
        <Box key={title} x={20 + index * 205} y={326} width={190} title={title} detail={detail} />
      ))}
      {arrows.map((d) => (
        <path key={d} d={d} className="fill-none stroke-line-strong" strokeWidth="1.2" markerEnd="url(#block-head)" />
      ))}
      <text x={124} y={272} className="fill-ink-faint" fontSize={11}>
        cloud APIs, SSH
      </text>
      <text x={564} y={302} className="fill-ink-faint" fontSize={11}>
        TLS
      </text>
    </svg>
  );
}

const askers = [
  ["Dashboard", "a form in a browser"],
  ["JSON API", "one request by a script"],
  ["Docker clients", "docker, Compose, buildx"],
] as const;

const clouds = [
  ["Amazon EC2", "your account"],
  ["DigitalOcean", "your account"],
  ["Docker engine", "your own machine"],
] as const;

const arrows = [
  "M68 62 V136",
  "M320 62 V88 H108 V136",
  "M555 62 V136",
  "M148 166 H180",
  "M314 166 H346",
  "M410 192 V280 H115 V322",
  "M410 192 V280 H320 V322",
  "M410 192 V280 H505 V322",
  "M555 192 V322",
];

type BoxProps = { x: number; y: number; width: number; title: string; detail: string };

function Box({ x, y, width, title, detail }: BoxProps) {
  const middle = x + width / 2;
  return (
    <g>
      <rect x={x} y={y} width={width} height={52} rx={8} className="fill-surface stroke-line" />
      <text x={middle} y={y + 23} textAnchor="middle" className="fill-ink font-medium" fontSize={13}>
        {title}
      </text>
      <text x={middle} y={y + 40} textAnchor="middle" className="fill-ink-faint" fontSize={11}>
        {detail}
      </text>
    </g>
  );
}
