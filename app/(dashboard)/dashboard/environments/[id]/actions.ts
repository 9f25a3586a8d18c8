"use server";

import { attempt } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import { settings } from "#lib/api/contracts/environment-settings.ts";
import { parse } from "#lib/api/parse.ts";
import { type NodeCredential, nodeCredentials } from "#lib/domain/environments/credentials.ts";
import { retryNode } from "#lib/domain/environments/retry.ts";
import { changeSettings } from "#lib/domain/environments/settings.ts";
import { deleteEnvironment, startEnvironment, stopEnvironment } from "#lib/domain/environments/wish.ts";

const contextAt = (id: string) => pageContext(`/dashboard/environments/${id}`);

export async function stop(id: string): Promise<string | undefined> {
  const ctx = await contextAt(id);
  return attempt(() => stopEnvironment(ctx, id));
}

export async function start(id: string): Promise<string | undefined> {
  const ctx = await contextAt(id);
  return attempt(() => startEnvironment(ctx, id));
}

export async function remove(id: string): Promise<string | undefined> {
  const ctx = await contextAt(id);
  return attempt(() => deleteEnvironment(ctx, id));
}

export async function extend(id: string, expiresAt: string | null): Promise<string | undefined> {
  const ctx = await contextAt(id);
  return attempt(() => changeSettings(ctx, id, parse(settings.body, { expires_at: expiresAt })));
}

export async function retry(id: string, node: string, remake: boolean): Promise<string | undefined> {
  const ctx = await contextAt(id);
  return attempt(() => retryNode(ctx, id, node, { remake }));
}

export async function readCredentials(id: string, node: string) {
  const ctx = await contextAt(id);
  let credentials: NodeCredential[] = [];
  const problem = await attempt(async () => {
    credentials = await nodeCredentials(ctx, id, node);
  });
  return { problem, credentials };
}
