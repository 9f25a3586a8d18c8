/** What the operations of each tag are about, in the reference's order. */
export const tags: { name: string; description: string }[] = [
  { name: "Authentication", description: "Accounts, sessions, and the token that every other request carries." },
  { name: "Cloud Providers", description: "Cloud accounts and Docker engines in which servers are made." },
  { name: "Applications", description: "What environments belong to." },
  {
    name: "Environments",
    description: "Named sets of servers with packages: made, changed, stopped, started, deleted.",
  },
  { name: "Templates", description: "Sets of servers that new environments begin with." },
  { name: "Docker", description: "Certificates for Docker clients of an environment that is a Docker cluster." },
  { name: "Integrations", description: "Registries whose images your clusters may pull." },
  { name: "Team", description: "Tokens, SSH keys, members, and who did what." },
  { name: "System", description: "The packages there are, this description, and whether all works." },
];
