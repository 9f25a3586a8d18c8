import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
// As a namespace, of which a bundle takes what is used.
import * as z from "zod";
import { AppError } from "./errors.ts";

const flag = z.enum(["0", "1", "true", "false", ""]).transform((value) => value === "1" || value === "true");
const optional = z.string().trim().min(1).optional();

const cidrs = z
  .string()
  .refine((list) => list.split(",").every((cidr) => ipaddr.isValidCIDR(cidr.trim())), "must be a list of CIDRs")
  .optional();

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  CLOUDHERO_HOST: z.string().trim().min(1).default("127.0.0.1"),
  CLOUDHERO_DOCKER_PORT: z.union([z.literal("off"), z.coerce.number().int().min(0).max(65535)]).default(4000),
  CLOUDHERO_TRUST_PROXY: flag.default(false),
  CLOUDHERO_TLS_CERT: optional,
  CLOUDHERO_TLS_KEY: optional,
  CLOUDHERO_REGISTRATION: z.enum(["open", "first", "invite"]).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
    .optional(),
  CLOUDHERO_DATA_DIR: z.string().trim().min(1).default(".cloudhero"),
  CLOUDHERO_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  CLOUDHERO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s]+$/, "must begin with smtp:// or smtps://")
    .optional(),
  CLOUDHERO_MAIL_FROM: z.string().trim().min(3).max(320).optional(),
  CLOUDHERO_GITHUB_ID: optional,
  CLOUDHERO_GITHUB_SECRET: optional,
  CLOUDHERO_GOOGLE_ID: optional,
  CLOUDHERO_GOOGLE_SECRET: optional,
  CLOUDHERO_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  CLOUDHERO_OIDC_ID: optional,
  CLOUDHERO_OIDC_SECRET: optional,
  CLOUDHERO_OIDC_NAME: z.string().trim().min(1).max(40).default("single sign-on"),
  CLOUDHERO_ROLE: z.enum(["all", "web", "worker"]).default("all"),
  CLOUDHERO_DOCKER_HOST: z
    .string()
    .regex(/^(unix|tcp):\/\//, "must begin with unix:// or tcp://")
    .optional(),
  CLOUDHERO_DOCKER_SHARED: flag.default(false),
  CLOUDHERO_EC2_ENDPOINT: z.url().optional(),
  CLOUDHERO_DIGITALOCEAN_ENDPOINT: z.url().optional(),
  CLOUDHERO_AWS_IDENTITY: flag.default(false),
  CLOUDHERO_SSH_FROM: cidrs,
  CLOUDHERO_DIAL_ALLOW: cidrs,
});

/** An application registered with somebody who says who people are. */
export type LoginClient = { id: string; secret: string };

export type Config = {
  port: number;
  host: string;
  /** Whether `host` can be reached from this machine alone. */
  loopback: boolean;
  /** Where Docker clients connect by TLS, on the same host; null: nowhere. */
  dockerPort: number | null;
  trustProxy: boolean;
  tls: { cert: Buffer; key: Buffer } | undefined;
  registration: "open" | "first" | "invite";
  databaseUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  secret: string | undefined;
  publicUrl: string | undefined;
  /** What a link in a mail begins with. */
  linkBase: string;
  /** The operator's mail server; undefined: nothing is mailed. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Where people may log in by, beside their password. */
  logins: { github?: LoginClient; google?: LoginClient; oidc?: LoginClient & { issuer: string; name: string } };
  role: "all" | "web" | "worker";
  /** The operator's own engine; undefined: none is offered. */
  dockerHost: string | undefined;
  /** Whether any account may add the operator's own engine, not just the first. */
  dockerShared: boolean;
  /** Whether accounts may have their roles assumed from this machine's own AWS identity. */
  awsIdentity: boolean;
  /** CIDRs that CloudHero reaches servers from; empty: not known. */
  sshFrom: string[];
};

/** The configuration of a process, from its environment variables; throws AppError "invalid" naming the variable. */
export function loadConfig(variables: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("invalid", `${String(issue?.path[0])}: ${issue?.message}.`);
  }
  const value = parsed.data;
  if (value.DATABASE_URL && !value.CLOUDHERO_SECRET)
    throw new AppError(
      "invalid",
      "CLOUDHERO_SECRET is required with DATABASE_URL: set it to at least 32 random characters.",
    );
  const loopback = isLoopback(value.CLOUDHERO_HOST);
  if (value.SMTP_URL && !value.CLOUDHERO_PUBLIC_URL && !loopback)
    throw new AppError("invalid", "CLOUDHERO_PUBLIC_URL is required with SMTP_URL: links in mails begin with it.");
  const publicUrl = value.CLOUDHERO_PUBLIC_URL?.replace(/\/$/, "");
  return {
    port: value.PORT,
    host: value.CLOUDHERO_HOST,
    loopback,
    dockerPort: value.CLOUDHERO_DOCKER_PORT === "off" ? null : value.CLOUDHERO_DOCKER_PORT,
    trustProxy: value.CLOUDHERO_TRUST_PROXY,
    tls: readTls(value.CLOUDHERO_TLS_CERT, value.CLOUDHERO_TLS_KEY),
    registration: value.CLOUDHERO_REGISTRATION ?? (loopback ? "open" : "first"),
    databaseUrl: value.DATABASE_URL,
    dataDir: resolve(value.CLOUDHERO_DATA_DIR),
    secret: value.CLOUDHERO_SECRET,
    publicUrl,
    linkBase: publicUrl ?? ownUrl(value.CLOUDHERO_HOST, value.PORT, value.CLOUDHERO_TLS_CERT !== undefined),
    smtpUrl: value.SMTP_URL,
    mailFrom:
      value.CLOUDHERO_MAIL_FROM ?? `CloudHero <cloudhero@${publicUrl ? new URL(publicUrl).hostname : "localhost"}>`,
    logins: loginsOf(value),
    role: value.CLOUDHERO_ROLE,
    dockerHost: value.CLOUDHERO_DOCKER_HOST ?? (loopback ? "unix:///var/run/docker.sock" : undefined),
    dockerShared: value.CLOUDHERO_DOCKER_SHARED,
    awsIdentity: value.CLOUDHERO_AWS_IDENTITY,
    sshFrom: (value.CLOUDHERO_SSH_FROM ?? "").split(",").flatMap((cidr) => cidr.trim() || []),
  };
}

/** The configuration of this process. */
export const config = (): Config => loadConfig(process.env);

function loginsOf(value: z.output<typeof environment>): Config["logins"] {
  const github = client("GITHUB", value.CLOUDHERO_GITHUB_ID, value.CLOUDHERO_GITHUB_SECRET);
  const google = client("GOOGLE", value.CLOUDHERO_GOOGLE_ID, value.CLOUDHERO_GOOGLE_SECRET);
  const oidc = client("OIDC", value.CLOUDHERO_OIDC_ID, value.CLOUDHERO_OIDC_SECRET);
  const issuer = value.CLOUDHERO_OIDC_ISSUER;
  if (!oidc !== !issuer) throw new AppError("invalid", "CLOUDHERO_OIDC_ISSUER, _ID and _SECRET go together.");
  return {
    ...(github ? { github } : {}),
    ...(google ? { google } : {}),
    ...(oidc && issuer ? { oidc: { ...oidc, issuer, name: value.CLOUDHERO_OIDC_NAME } } : {}),
  };
}

function client(name: string, id: string | undefined, secret: string | undefined): LoginClient | undefined {
  if (!id && !secret) return undefined;
  if (!id || !secret) throw new AppError("invalid", `CLOUDHERO_${name}_ID and CLOUDHERO_${name}_SECRET go together.`);
  return { id, secret };
}

function ownUrl(host: string, port: number, tls: boolean): string {
  return `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || (ipaddr.isValid(host) && ipaddr.process(host).range() === "loopback");
}

function readTls(cert: string | undefined, key: string | undefined): Config["tls"] {
  if (!cert && !key) return undefined;
  if (!cert || !key) throw new AppError("invalid", "CLOUDHERO_TLS_CERT and CLOUDHERO_TLS_KEY go together.");
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch (error) {
    throw new AppError("invalid", `The TLS certificate or key cannot be read: ${(error as Error).message}.`);
  }
}
