import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { config } from "#lib/config.ts";
import { signUp } from "./actions.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  if (await visitorContext()) redirect("/dashboard");
  const footer = (
    <>
      Have an account?{" "}
      <Link href="/login" className="font-medium text-accent underline underline-offset-2">
        Log in
      </Link>
    </>
  );
  return (
    <AuthCard title="Create an account" footer={footer}>
      {config().registration === "invite" ? (
        <Notice>Accounts are made by invitation here: ask an admin of your team for one.</Notice>
      ) : (
        <SignUpForm signUp={signUp} />
      )}
    </AuthCard>
  );
}
