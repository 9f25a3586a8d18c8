import type { Role } from "#lib/model/roles.ts";
import { NavLink } from "./nav-link.tsx";
import { placesFor } from "./places.ts";

/** The places that a role may enter, in their groups. */
export function NavLinks({ role }: { role: Role }) {
  return (
    <nav aria-label="Dashboard" className="flex flex-col gap-5">
      {placesFor(role).map(({ label, places }) => (
        <div key={label}>
          <p id={`places-${label}`} className="mb-1 px-2.5 font-medium text-ink-faint text-xs">
            {label}
          </p>
          <ul aria-labelledby={`places-${label}`} className="flex flex-col gap-0.5">
            {places.map(({ href, also, shortcut, label, Icon }) => (
              <li key={href}>
                <NavLink href={href} also={also} shortcut={shortcut}>
                  <Icon className="size-4 shrink-0" aria-hidden />
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
