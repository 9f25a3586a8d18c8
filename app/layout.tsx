import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { ownOrigin } from "./(dashboard)/origin.ts";
import "./globals.css";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
  display: "swap",
});

const title = "CloudHero";
const description =
  "Environments of servers and Docker clusters on EC2, DigitalOcean or your own machine, from one form or one JSON request.";

/** Addresses in it are of where the reader found us. */
export async function generateMetadata(): Promise<Metadata> {
  const origin = await ownOrigin();
  return {
    // A browser says any host that it likes.
    metadataBase: URL.canParse(origin) ? new URL(origin) : null,
    title: { default: title, template: `%s · ${title}` },
    description,
    applicationName: title,
    openGraph: { type: "website", siteName: title },
    twitter: { card: "summary_large_image" },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0b0d" },
  ],
};

/** The theme comes with the first byte, from a cookie: no script, no flash. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" className={inter.variable} data-theme={theme === "system" ? undefined : theme}>
      <body className="min-h-dvh font-sans">{children}</body>
    </html>
  );
}
