import { placesFor } from "#components/shell/places.ts";
import type { Role } from "#lib/model/roles.ts";

/** What the keyboard does everywhere but in fields. */
export function Shortcuts({ role }: { role: Role }) {
  const places = placesFor(role).flatMap((group) => group.places);
  const rows = [
    ["⌘ K or Ctrl K", "Search and commands"],
    ["?", "This list"],
    ...places.filter(({ shortcut }) => shortcut).map(({ shortcut, label }) => [`g ${shortcut}`, label]),
    ["Esc", "Close what is open"],
  ];
  return (
    <div className="flex max-h-[70vh] flex-col gap-4 overflow-y-auto p-5">
      <h2 className="font-semibold text-base">Keyboard shortcuts</h2>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {rows.map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-raised px-1.5 py-0.5 font-sans text-xs">{keys}</kbd>
            </dt>
            <dd className="text-ink-soft">{does}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-faint text-xs">
        In the search, “stop”, “start”, “docker”, “logs”, “terminal” and “copy” before an environment’s name do that.
      </p>
    </div>
  );
}
