import { KeyRound, RefreshCcw, ServerCog, Terminal } from "lucide-react";

const points = [
  {
    Icon: ServerCog,
    title: "Servers with something on them",
    text: "1 to 500 at once, each with its size and its packages: databases with generated passwords, web servers, Docker.",
  },
  {
    Icon: RefreshCcw,
    title: "It goes on where it was",
    text: "The wish is kept, the clouds are watched. Stopped midway, it resumes without doubles and without orphans.",
  },
  {
    Icon: Terminal,
    title: "Everything by curl",
    text: "What the dashboard does, one JSON request does. The form shows the request while you fill it in.",
  },
  {
    Icon: KeyRound,
    title: "Yours to run",
    text: "One process on your machine, your own cloud accounts. Keys are encrypted at rest; nothing calls home.",
  },
];

/** What the product does, in four sentences. */
export function Points() {
  return (
    <ul className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
      {points.map(({ Icon, title, text }) => (
        <li key={title} className="flex gap-4">
          <Icon className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
          <div>
            <h2 className="font-semibold text-base">{title}</h2>
            <p className="mt-1 text-ink-soft">{text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
