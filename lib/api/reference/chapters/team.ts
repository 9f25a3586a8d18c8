import type { Chapter } from "../topic.ts";

export const team: Chapter = {
  id: "team",
  title: "Team",
  tag: "Team",
  prose: [
    {
      head: ["Role", "May"],
      rows: [
        ["viewer", "Read everything but secrets"],
        ["operator", "Make, change, stop, start and delete environments, see their generated passwords"],
        ["admin", "Add and remove providers and registries, read the audit log"],
        ["owner", "Everything"],
      ],
    },
  ],
  topics: [
    {
      id: "make-a-token",
      title: "Make a token",
      operation: "POST /tokens",
      prose: ["A token for a script, with no more than your own role. It is shown this once, and kept as a hash."],
    },
    {
      id: "list-tokens",
      title: "List tokens",
      operation: "GET /tokens",
      prose: ["Your own; an admin sees all of the organisation's."],
    },
    {
      id: "revoke-a-token",
      title: "Revoke a token",
      operation: "DELETE /tokens/{id}",
      prose: ["It stops working at once, and so do the Docker certificates that it asked for."],
    },
    {
      id: "add-an-ssh-key",
      title: "Add an SSH key",
      operation: "POST /keys",
      prose: ["It may log in as `cloudhero` on servers that are made, started or given other packages from now on."],
    },
    { id: "list-ssh-keys", title: "List SSH keys", operation: "GET /keys", prose: [] },
    { id: "remove-an-ssh-key", title: "Remove an SSH key", operation: "DELETE /keys/{id}", prose: [] },
    { id: "list-members", title: "List members", operation: "GET /members", prose: [] },
    {
      id: "read-the-audit-log",
      title: "Read the audit log",
      operation: "GET /audit",
      prose: ["Who did what, when and from where, newest first."],
    },
  ],
};
