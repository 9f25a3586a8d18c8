import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { includesRole, type Role, roles } from "#lib/model/roles.ts";
import { ChangeRole } from "./change-role.tsx";
import { RemoveMember } from "./remove-member.tsx";
import { TransferOwnership } from "./transfer-ownership.tsx";

type Member = { id: string; email: string; name: string; role: Role; createdAt: Date };
type Act = (id: string) => Promise<string | undefined>;
type MemberTableProps = {
  members: Member[];
  /** Who looks at it. */
  asker: { id: string; role: Role; organisation: string };
  acts: { changeRole: (id: string, role: string) => Promise<string | undefined>; remove: Act; transfer: Act };
};

/** Who belongs to the organisation; with what the one who looks may do to each. */
export function MemberTable({ members, asker, acts }: MemberTableProps) {
  const owners = members.filter(({ role }) => role === "owner").length;
  const mayGive = roles.filter((role) => includesRole(asker.role, role));
  return (
    <Table caption="Members">
      <thead>
        <tr>
          <HeadCell>Member</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell className="hidden sm:table-cell">Joined</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => {
          const own = member.id === asker.id;
          const lastOwner = member.role === "owner" && owners === 1;
          const below = includesRole(asker.role, member.role);
          const mayChange = includesRole(asker.role, "admin") && below && !lastOwner;
          return (
            <Row key={member.id}>
              <Cell className="max-w-0 sm:max-w-xs">
                <p className="truncate font-medium">
                  {member.name}
                  {own && <span className="font-normal text-ink-faint"> · you</span>}
                </p>
                <p className="truncate text-ink-faint text-xs" title={member.email}>
                  {member.email}
                </p>
              </Cell>
              <Cell className="w-0 py-1.5 sm:w-auto">
                {mayChange ? (
                  <div className="-ml-2.5">
                    <ChangeRole
                      who={own ? "yourself" : member.name}
                      role={member.role}
                      roles={mayGive}
                      change={acts.changeRole.bind(null, member.id)}
                    />
                  </div>
                ) : (
                  <span className="text-ink-soft capitalize">{member.role}</span>
                )}
              </Cell>
              <Cell className="hidden text-ink-soft sm:table-cell">
                <RelativeTime at={member.createdAt.toISOString()} />
              </Cell>
              <Cell className="w-0 py-1.5">
                <div className="flex justify-end gap-1">
                  {asker.role === "owner" && !own && (
                    <TransferOwnership
                      name={member.name}
                      organisation={asker.organisation}
                      transfer={acts.transfer.bind(null, member.id)}
                    />
                  )}
                  {(own || mayChange) && !lastOwner && (
                    <RemoveMember
                      name={own ? null : member.name}
                      organisation={asker.organisation}
                      remove={acts.remove.bind(null, member.id)}
                    />
                  )}
                </div>
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
