import { Send } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { orNotFound } from "#app/(dashboard)/or-not-found.ts";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { ActButton } from "#components/ui/act-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeepCurrent } from "#components/ui/keep-current.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Section } from "#components/ui/section.tsx";
import { ChangeWebhookForm } from "#components/webhooks/change-webhook-form.tsx";
import { checkExample } from "#components/webhooks/check-example.ts";
import { DeliveryList } from "#components/webhooks/delivery-list.tsx";
import { SecretSection } from "#components/webhooks/secret-section.tsx";
import type { Context } from "#lib/context.ts";
import { listDeliveries } from "#lib/domain/webhooks/deliveries.ts";
import { getWebhook } from "#lib/domain/webhooks/get.ts";
import type { WebhookView } from "#lib/domain/webhooks/view.ts";
import { ID_PATTERN } from "#lib/ids.ts";
import { includesRole } from "#lib/model/roles.ts";
import { changeWebhook, rotateSecret, sendAgain, sendTest } from "../actions.ts";

export const metadata: Metadata = { title: "Webhook" };

const pageSize = 20;
/** A delivery that is due sooner is waited for on the page. */
const soonMs = 30_000;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ cursor?: string | string[] }> };

export default async function WebhookPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { cursor } = await searchParams;
  const ctx = await pageContext(`/dashboard/integrations/webhooks/${id}`);
  if (!includesRole(ctx.role, "admin"))
    return (
      <>
        <PageHeader title="Webhook" />
        <RoleNeeded needed="admin" mine={ctx.role} what="Webhooks are" />
      </>
    );
  const webhook = await getWebhook(ctx, id).catch(orNotFound);
  const { name, url, enabled, reason } = webhook;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-8">
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {name}
            <Badge tone={enabled ? "good" : reason ? "bad" : "neutral"} dot>
              {enabled ? "On" : "Off"}
            </Badge>
          </span>
        }
        lead={<span className="break-all font-mono text-xs">{url}</span>}
        actions={
          enabled && (
            <ActButton act={sendTest.bind(null, id)} title="The test was not sent">
              <Send className="size-4" aria-hidden />
              Send a test
            </ActButton>
          )
        }
      />
      {!enabled && reason && (
        <Notice tone="bad">
          {reason} It was switched off. Mend the receiver, then switch it on below; what failed can be sent again.
        </Notice>
      )}
      <Deliveries
        ctx={ctx}
        webhook={webhook}
        cursor={typeof cursor === "string" && ID_PATTERN.test(cursor) ? cursor : undefined}
      />
      <Section title="Settings">
        <Card>
          <ChangeWebhookForm change={changeWebhook.bind(null, id)} known={webhook} />
        </Card>
      </Section>
      <Secret webhook={webhook} />
    </div>
  );
}

async function Deliveries({
  ctx,
  webhook: { id, enabled },
  cursor,
}: {
  ctx: Context;
  webhook: WebhookView;
  cursor?: string;
}) {
  const deliveries = await listDeliveries(ctx, id, { limit: pageSize, cursor });
  const next = deliveries.length === pageSize ? deliveries.at(-1)?.id : undefined;
  const isMoving = deliveries.some(
    ({ state, dueAt }) => state === "pending" && dueAt && dueAt.getTime() < Date.now() + soonMs,
  );
  return (
    <Section title="Deliveries">
      {deliveries.length > 0 ? (
        <DeliveryList deliveries={deliveries} redeliver={enabled ? sendAgain.bind(null, id) : undefined} />
      ) : (
        <EmptyState icon={<Send aria-hidden />} title="Nothing was sent yet">
          Send a test, or make an environment: what is sent stands here for a month, with every answer.
        </EmptyState>
      )}
      {(next ?? cursor) && (
        <div className="flex justify-center gap-2">
          {cursor && <ButtonLink href={`/dashboard/integrations/webhooks/${id}`}>Newest</ButtonLink>}
          {next && <ButtonLink href={{ query: { cursor: next } }}>Older</ButtonLink>}
        </div>
      )}
      {isMoving && <KeepCurrent moving />}
    </Section>
  );
}

function Secret({ webhook: { id, previousUntil } }: { webhook: WebhookView }) {
  return (
    <Section title="Signature">
      <p className="text-ink-soft">
        Each delivery is signed as{" "}
        <a href="https://www.standardwebhooks.com" className="rounded-sm text-ink underline">
          Standard Webhooks
        </a>{" "}
        says, in <code className="font-mono text-xs">webhook-signature</code>: any of its libraries checks it. One that
        comes twice has the same <code className="font-mono text-xs">webhook-id</code>.
      </p>
      {previousUntil && (
        <p className="text-ink-soft">
          The secret before signs as well; its end comes <RelativeTime at={previousUntil.toISOString()} />.
        </p>
      )}
      <details>
        <summary className="w-fit rounded-sm font-medium text-ink-soft hover:text-ink">
          How a receiver checks it, in Node
        </summary>
        <div className="mt-3">
          <CodeBlock code={checkExample} label="check" />
        </div>
      </details>
      <SecretSection rotate={rotateSecret.bind(null, id)} />
    </Section>
  );
}
