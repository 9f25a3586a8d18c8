const doors = [
  { y: 30, title: "Dashboard", detail: "a form" },
  { y: 110, title: "JSON API", detail: "one request" },
];
const clouds = [
  { y: 10, title: "Amazon EC2" },
  { y: 80, title: "DigitalOcean" },
  { y: 150, title: "Docker engine" },
];

/** How a wish becomes servers: the parts that there are, and nothing that there is not. */
export function Diagram() {
  return (
    <svg viewBox="0 0 760 210" role="img" aria-labelledby="diagram-title" className="w-full">
      <title id="diagram-title">
        The dashboard and the JSON API write a wish to Postgres; the engine reads it, makes servers at Amazon EC2,
        DigitalOcean or a Docker engine, and installs packages on them over SSH.
      </title>
      <defs>
        <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 7 4 1 7" className="fill-none stroke-line-strong" strokeWidth="1.3" />
        </marker>
      </defs>
      {doors.map(({ y, title, detail }) => (
        <g key={title}>
          <Box x={10} y={y} title={title} detail={detail} />
          <Arrow d={`M150 ${y + 25} C 180 ${y + 25}, 180 105, 208 105`} />
        </g>
      ))}
      <Box x={210} y={80} title="Postgres" detail="wish, state, events" />
      <Arrow d="M350 105 H 398" />
      <Box x={400} y={80} title="Engine" detail="observe, decide, act" strong />
      {clouds.map(({ y, title }) => (
        <g key={title}>
          <Arrow d={`M540 105 C 575 105, 575 ${y + 25}, 603 ${y + 25}`} />
          <Box x={605} y={y} title={title} detail="your servers" />
        </g>
      ))}
    </svg>
  );
}

type BoxProps = { x: number; y: number; title: string; detail: string; strong?: boolean };

function Box({ x, y, title, detail, strong }: BoxProps) {
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={140}
        height={50}
        rx={8}
        className={strong ? "fill-accent-soft stroke-accent" : "fill-surface stroke-line"}
      />
      <text x={x + 70} y={y + 22} textAnchor="middle" className="fill-ink font-medium" fontSize={13}>
        {title}
      </text>
      <text x={x + 70} y={y + 38} textAnchor="middle" className="fill-ink-faint" fontSize={11}>
        {detail}
      </text>
    </g>
  );
}

function Arrow({ d }: { d: string }) {
  return <path d={d} className="fill-none stroke-line-strong" strokeWidth="1.2" markerEnd="url(#head)" />;
}
