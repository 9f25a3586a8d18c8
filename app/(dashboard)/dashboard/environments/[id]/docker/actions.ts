"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { attempt, attemptForm } from "#app/(dashboard)/attempt.ts";
import { pageContext } from "#app/(dashboard)/context.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { actOn, type DockerAct } from "#lib/console/acts.ts";
import { containerEnvironment } from "#lib/console/container.ts";
import { pullImage } from "#lib/console/images.ts";
import { createNetwork } from "#lib/console/networks.ts";
import { setLabels } from "#lib/console/nodes.ts";
import { scaleService, setServiceImage } from "#lib/console/service-changes.ts";
import { containerStats } from "#lib/console/stats.ts";
import { createVolume } from "#lib/console/volumes.ts";

const pathOf = (id: string) => `/dashboard/environments/${id}/docker`;

/** Tells every page of the cluster that something has changed. */
const refresh = (id: string) => revalidatePath(pathOf(id), "layout");

export async function act(id: string, wish: DockerAct): Promise<string | undefined> {
  const ctx = await pageContext(pathOf(id));
  const refused = await attempt(() => actOn(ctx, id, wish));
  refresh(id);
  return refused;
}

/** The same, after which the page that was looked at is gone: back to the list, by the last part of its address. */
export async function actAndLeave(id: string, list: string, wish: DockerAct): Promise<string | undefined> {
  const refused = await act(id, wish);
  if (refused) return refused;
  redirect(`${pathOf(id)}/${encodeURIComponent(list)}`);
}

export async function pull(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/images`);
  const state = await attemptForm(form, ({ image = "" }) => pullImage(ctx, id, image.trim()));
  refresh(id);
  return state;
}

export async function addVolume(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/volumes`);
  const state = await attemptForm(form, ({ name = "" }) => createVolume(ctx, id, name.trim()));
  refresh(id);
  return state;
}

export async function addNetwork(id: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/networks`);
  const state = await attemptForm(form, ({ name = "", internal }) =>
    createNetwork(ctx, id, { name: name.trim(), internal: internal === "on" }),
  );
  refresh(id);
  return state;
}

export async function scale(id: string, service: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/services`);
  const state = await attemptForm(form, ({ replicas = "" }) =>
    scaleService(ctx, id, service, replicas.trim() === "" ? Number.NaN : Number(replicas)),
  );
  refresh(id);
  return state;
}

export async function changeImage(id: string, service: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/services`);
  const state = await attemptForm(form, ({ image = "" }) => setServiceImage(ctx, id, service, image.trim()));
  refresh(id);
  return state;
}

export async function labelNode(id: string, node: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await pageContext(`${pathOf(id)}/nodes`);
  const state = await attemptForm(form, ({ labels = "" }) => setLabels(ctx, id, node, labels));
  refresh(id);
  return state;
}

export async function readContainerEnvironment(id: string, container: string) {
  const ctx = await pageContext(`${pathOf(id)}/containers`);
  let values: Record<string, string> = {};
  const problem = await attempt(async () => {
    values = await containerEnvironment(ctx, id, container);
  });
  return { problem, values };
}

export async function readStats(id: string, container: string) {
  const ctx = await pageContext(`${pathOf(id)}/containers`);
  return containerStats(ctx, id, container).catch(() => null);
}
