import { notFound } from "next/navigation";
import { changeDraft } from "#components/environments/new/change-draft.ts";
import { asTheProviderHasIt, type Draft, withoutLife } from "#components/environments/new/draft.ts";
import { freeName } from "#components/environments/new/free-name.ts";
import { type Source, valuesOf } from "#components/environments/new/source.ts";
import type { Context } from "#lib/context.ts";
import type { ApplicationView } from "#lib/domain/applications/get.ts";
import { choicesOf } from "#lib/domain/environments/choices.ts";
import { getEnvironment, listEnvironments } from "#lib/domain/environments/get.ts";
import { environmentShapes } from "#lib/domain/environments/shapes.ts";
import type { ProviderView } from "#lib/domain/providers/view.ts";
import { getTemplate } from "#lib/domain/templates/get.ts";
import { AppError } from "#lib/errors.ts";

/** `from`: an environment that is cloned. */
export type Search = Partial<Record<"application" | "from" | "template", string | string[]>>;
type Known = { applications: ApplicationView[]; providers: ProviderView[] };

/** What the form begins with; `name` is one for each beginning. Another organisation's is a page that is not there. */
export async function beginning(
  ctx: Context,
  { application, from, template }: Search,
  known: Known,
): Promise<{ draft: Draft; source: Source | undefined; name: string }> {
  const blank = blankDraft(known, application);
  if (typeof from === "string") return { ...(await cloneOf(ctx, from, blank).catch(orNotFound)), name: from };
  if (typeof template !== "string") return { draft: blank, source: undefined, name: "" };
  const { nodes } = await getTemplate(ctx, template).catch(orNotFound);
  return { draft: changeDraft(blank, { do: "use-template", nodes }), source: undefined, name: template };
}

function blankDraft({ applications, providers }: Known, application: unknown): Draft {
  const chosen = applications.find(({ id }) => id === application) ?? applications.at(-1);
  return {
    applicationId: chosen?.id ?? "",
    applicationName: "",
    providerId: providers[0]!.id,
    region: "",
    environment: "",
    ...withoutLife,
    ...asTheProviderHasIt,
    nodes: [{ key: 1, name: "web", size: "", packages: [], open: "" }],
  };
}

async function cloneOf(ctx: Context, id: string, blank: Draft): Promise<{ draft: Draft; source: Source }> {
  const { applicationId, name, providerId, region, heal, schedule, ...kept } = await getEnvironment(ctx, id);
  const [shapes, siblings] = await Promise.all([
    environmentShapes(ctx, id),
    listEnvironments(ctx, { applicationId, limit: 500 }),
  ]);
  const taken = siblings.map((sibling) => sibling.name);
  const choices = choicesOf(kept);
  const place = { applicationId, providerId, region, environment: freeName(name, taken), ...valuesOf(choices) };
  const draft = changeDraft({ ...blank, ...place, heal, schedule }, { do: "use-template", nodes: shapes });
  return { draft, source: { id, name, providerId, region, choices } };
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
