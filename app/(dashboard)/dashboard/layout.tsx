import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { DashboardShell } from "#components/shell/dashboard-shell.tsx";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { listOrganisations } from "#lib/domain/organisations/list.ts";
import { enter } from "./account/actions.ts";

export const metadata: Metadata = { title: { default: "Dashboard", template: "%s · CloudHero" } };

/** Redirecting a visitor without a session is the page's part, which knows where to come back to. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await visitorContext();
  if (!ctx) return children;
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  const others = await listOrganisations(ctx);
  return (
    <DashboardShell
      organisation={ctx.organisation.name}
      email={ctx.user.email}
      role={ctx.role}
      theme={theme}
      others={others.filter(({ current }) => !current)}
      enter={enter}
    >
      {children}
    </DashboardShell>
  );
}
