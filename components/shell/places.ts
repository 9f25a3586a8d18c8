import type { LucideIcon } from "lucide-react";
import { BookCopy, BookOpen, Boxes, Cloud, KeyRound, Layers, Plug, ScrollText, Ticket, Users } from "lucide-react";
import { includesRole, type Role } from "#lib/model/roles.ts";

export type Place = {
  href: string;
  label: string;
  Icon: LucideIcon;
  /** The letter that leads there after "g". */
  shortcut?: string;
  /** Who may enter; everybody where it is not said. */
  role?: Role;
  /** Other pages that belong to it. */
  also?: string;
};

type Group = { label: string; places: Place[] };

/** The dashboard's places, as its navigation shows them. */
const groups: Group[] = [
  {
    label: "Build",
    places: [
      { href: "/dashboard", label: "Environments", Icon: Layers, shortcut: "e", also: "/dashboard/environments" },
      { href: "/dashboard/applications", label: "Applications", Icon: Boxes, shortcut: "a" },
      { href: "/dashboard/templates", label: "Templates", Icon: BookCopy, shortcut: "c" },
    ],
  },
  {
    label: "Connect",
    places: [
      { href: "/dashboard/providers", label: "Providers", Icon: Cloud, shortcut: "p" },
      { href: "/dashboard/integrations", label: "Integrations", Icon: Plug, shortcut: "i" },
    ],
  },
  {
    label: "Organisation",
    places: [
      { href: "/dashboard/team", label: "Team", Icon: Users, shortcut: "m" },
      { href: "/dashboard/keys", label: "SSH keys", Icon: KeyRound, shortcut: "k" },
      { href: "/dashboard/tokens", label: "API tokens", Icon: Ticket, shortcut: "o" },
      { href: "/dashboard/audit", label: "Audit log", Icon: ScrollText, shortcut: "l", role: "admin" },
    ],
  },
  { label: "Help", places: [{ href: "/docs", label: "Docs", Icon: BookOpen, shortcut: "d" }] },
];

/** The groups of places that a role may enter. */
export const placesFor = (role: Role): Group[] =>
  groups
    .map(({ label, places }) => ({
      label,
      places: places.filter((place) => includesRole(role, place.role ?? "viewer")),
    }))
    .filter(({ places }) => places.length > 0);
