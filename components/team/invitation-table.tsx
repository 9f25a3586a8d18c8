import { Badge, type Tone } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { InvitationView } from "#lib/domain/invitations/view.ts";
import type { Role } from "#lib/model/roles.ts";
import type { Resent } from "./invited.ts";
import { ResendButton } from "./resend-button.tsx";

type InvitationTableProps = {
  invitations: InvitationView[];
  resend: (id: string) => Promise<Resent>;
  withdraw: (id: string) => Promise<string | undefined>;
  mayGive: readonly Role[];
};

const tones: Record<InvitationView["state"], Tone> = { open: "busy", accepted: "good", expired: "neutral" };

/** Invitations and what became of them, the newest first. */
export function InvitationTable({ invitations, resend, withdraw, mayGive }: InvitationTableProps) {
  if (invitations.length === 0)
    return (
      <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-ink-soft">
        Nobody is invited at present. Whoever you invite chooses a password by the link, and can do what their role
        allows.
      </p>
    );
  return (
    <Table caption="Invitations">
      <thead>
        <tr>
          <HeadCell>Address</HeadCell>
          <HeadCell className="hidden sm:table-cell">Role</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="hidden md:table-cell">By</HeadCell>
          <HeadCell className="hidden sm:table-cell">Until</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {invitations.toReversed().map(({ id, email, role, state, invitedBy, expiresAt, acceptedAt }) => (
          <Row key={id}>
            <Cell className="max-w-0 truncate font-medium sm:max-w-xs" title={email}>
              {email}
            </Cell>
            <Cell className="hidden text-ink-soft capitalize sm:table-cell">{role}</Cell>
            <Cell className="w-0 sm:w-auto">
              <Badge tone={tones[state]}>{state}</Badge>
            </Cell>
            <Cell className="hidden max-w-48 truncate text-ink-soft md:table-cell" title={invitedBy}>
              {invitedBy}
            </Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">
              {acceptedAt ? "–" : <RelativeTime at={expiresAt.toISOString()} />}
            </Cell>
            <Cell className="w-0 py-1.5">
              <div className="flex justify-end gap-1">
                {state !== "accepted" && mayGive.includes(role) && (
                  <ResendButton email={email} resend={resend.bind(null, id)} />
                )}
                <RemoveButton
                  verb={state === "accepted" ? "Forget" : "Withdraw"}
                  what={`invitation of ${email}`}
                  remove={withdraw.bind(null, id)}
                >
                  {state === "accepted"
                    ? "It is taken off this list. Who accepted it stays a member."
                    : "Its link stops working. You can invite the address again."}
                </RemoveButton>
              </div>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
