import { ChevronsUpDown, CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { LogOutButton } from "#components/auth/log-out-button.tsx";
import type { Theme } from "./theme.ts";
import { ThemeToggle } from "./theme-toggle.tsx";

export type OtherOrganisation = { id: string; name: string };
type UserMenuProps = {
  organisation: string;
  email: string;
  theme: Theme;
  /** Those that one belongs to beside this one. */
  others: readonly OtherOrganisation[];
  enter: (id: string) => Promise<void>;
};

const menuId = "user-menu";
const itemClass = "flex w-full min-w-0 items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-raised";

/** Who one is and for which organisation; behind it the theme and the way out. */
export function UserMenu({ organisation, email, theme, others, enter }: UserMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={menuId}
        className="flex w-full items-center gap-2.5 rounded-md p-2 text-left hover:bg-raised"
      >
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-md bg-accent-soft font-semibold text-accent uppercase"
        >
          {[...organisation][0]}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" title={organisation}>
            {organisation}
          </span>
          <span className="block truncate text-ink-faint text-xs" title={email}>
            {email}
          </span>
        </span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden />
      </button>
      <div
        id={menuId}
        popover="auto"
        className="top-auto right-auto bottom-17 left-3 m-0 w-54 rounded-lg border border-line bg-surface p-1.5 text-ink shadow-lg"
      >
        {others.length > 0 && (
          <div className="mb-1 max-h-60 overflow-y-auto border-line border-b pb-1">
            <p className="px-2 py-1 font-medium text-ink-faint text-xs">Switch to</p>
            {others.map(({ id, name }) => (
              <form key={id} action={enter.bind(null, id)}>
                <button type="submit" className={itemClass} title={name}>
                  <span className="truncate">{name}</span>
                </button>
              </form>
            ))}
          </div>
        )}
        <Link href="/dashboard/account" className={itemClass}>
          <CircleUser className="size-4 text-ink-faint" aria-hidden />
          Your account
        </Link>
        <div className="flex items-center justify-between gap-3 px-2 py-1.5">
          <span className="text-ink-soft">Theme</span>
          <ThemeToggle initial={theme} />
        </div>
        <div className="mt-1 border-line border-t pt-1">
          <LogOutButton icon={<LogOut className="size-3.5" aria-hidden />} />
        </div>
      </div>
    </>
  );
}
