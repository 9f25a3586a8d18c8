import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { LogInForm } from "#components/auth/log-in-form.tsx";
import { safePath } from "#components/auth/safe-path.ts";

export const metadata: Metadata = { title: "Log in" };

export default async function LogInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const path = safePath(typeof next === "string" ? next : undefined);
  if (await visitorContext()) redirect(path);
  const footer = (
    <>
      No account yet?{" "}
      <Link href="/signup" className="font-medium text-accent underline underline-offset-2">
        Sign up
      </Link>
    </>
  );
  return (
    <AuthCard title="Log in" footer={footer}>
      <LogInForm next={path} />
    </AuthCard>
  );
}
