import type { LucideIcon } from "lucide-react";
import { CircleUser, Keyboard, Layers, LogOut, Moon, Plus, Sun } from "lucide-react";
import { logOut } from "#components/auth/web-session.ts";
import { placesFor } from "#components/shell/places.ts";
import { applyTheme } from "#components/shell/theme.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";
import { type Found, pathOf, readCommand, type Verb, verbs } from "./commands.ts";

/** A row of the palette: `go` leads somewhere, `type` goes on typing, `ask` asks first, `act` does it. */
export type Item = {
  key: string;
  group: "Environments" | "Actions" | "Go to";
  label: string;
  detail?: string;
  shortcut?: string;
  Icon: LucideIcon;
} & (
  | { go: string }
  | { type: string }
  | { ask: { verb: Verb; environment: Found } }
  | { copy: string }
  | { act: () => void | Promise<void>; stay?: "shortcuts" }
);

export const verbsFor = (role: Role) =>
  verbs.filter(({ forOperators }) => !forOperators || includesRole(role, "operator"));

/** Everything that the typed text leads to, environments first. */
export function itemsFor(text: string, role: Role, found: Found[]): Item[] {
  const allowed = verbsFor(role);
  const { verb, rest } = readCommand(text, allowed);
  const environments = found.map((environment) => environmentItem(environment, verb));
  if (verb) return environments;
  const fixed = [...actions(role, allowed), ...pages(role)].filter(({ label }) => isLike(label, rest));
  return rest
    ? [...environments, ...fixed]
    : [...fixed.filter(({ group }) => group === "Actions"), ...environments, ...pages(role)];
}

function environmentItem(environment: Found, verb: Verb | undefined): Item {
  const { id, name, application_name, state } = environment;
  const base = { key: id, group: "Environments" as const, detail: `${application_name} · ${state}` };
  if (!verb) return { ...base, label: name, Icon: Layers, go: pathOf(undefined, environment) };
  const row = { ...base, label: `${verb.label} ${name}`, Icon: verb.Icon };
  if (verb.word === "stop" || verb.word === "start") return { ...row, ask: { verb, environment } };
  if (verb.word === "copy") return { ...row, copy: id };
  return { ...row, go: pathOf(verb, environment) };
}

function actions(role: Role, allowed: Verb[]): Item[] {
  const group = "Actions";
  const isDark = getComputedStyle(document.documentElement).colorScheme.includes("light dark")
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : document.documentElement.dataset.theme === "dark";
  return [
    ...(includesRole(role, "operator")
      ? [{ key: "new", group, label: "New environment", Icon: Plus, go: "/dashboard/environments/new" } as const]
      : []),
    ...(includesRole(role, "admin") ? makings : []).map(
      ([label, go]) => ({ key: go, group, label, Icon: Plus, go }) as const,
    ),
    ...allowed.map(
      ({ word, label, Icon }) =>
        ({ key: word, group, label: `${label} an environment …`, Icon, type: `${word} ` }) as const,
    ),
    {
      key: "theme",
      group,
      label: isDark ? "Light theme" : "Dark theme",
      Icon: isDark ? Sun : Moon,
      act: () => applyTheme(isDark ? "light" : "dark"),
    },
    {
      key: "shortcuts",
      group,
      label: "Keyboard shortcuts",
      shortcut: "?",
      Icon: Keyboard,
      act: () => {},
      stay: "shortcuts",
    },
    {
      key: "log-out",
      group,
      label: "Log out",
      Icon: LogOut,
      act: async () => {
        await logOut();
        location.assign("/login");
      },
    },
  ];
}

const makings = [
  ["Add a provider", "/dashboard/providers/new"],
  ["Add a registry", "/dashboard/integrations/registries/new"],
  ["Add a webhook", "/dashboard/integrations/webhooks/new"],
  ["Invite somebody", "/dashboard/team"],
] as const;

const pages = (role: Role): Item[] => [
  ...placesFor(role).flatMap(({ places }) =>
    places.map(({ href, label, Icon, shortcut }) => ({
      key: href,
      group: "Go to" as const,
      label,
      Icon,
      go: href,
      shortcut: shortcut && `g ${shortcut}`,
    })),
  ),
  { key: "account", group: "Go to", label: "Your account", Icon: CircleUser, go: "/dashboard/account" },
];

/** The words of `text` stand in `label`, or its letters do in their order. */
export function isLike(label: string, text: string): boolean {
  const [name, typed] = [label.toLowerCase(), text.toLowerCase()];
  if (typed.split(/\s+/).every((word) => name.includes(word))) return true;
  let at = 0;
  for (const letter of typed.replace(/\s/g, "")) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
