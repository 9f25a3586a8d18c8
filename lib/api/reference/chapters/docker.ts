import type { Chapter } from "../topic.ts";

export const docker: Chapter = {
  id: "docker-cluster",
  title: "Docker Cluster",
  tag: "Docker",
  prose: [
    "CloudHero provides out of the box integration with Docker clusters provisioned through the CloudHero API.",
    "Our Docker API is compatible with Docker's own: any Docker client, Compose and buildx work as they are. [Docker clusters](/docs/docker-clusters) says how to connect, where a container goes, and [what differs](/docs/docker-clusters#what-differs).",
  ],
  topics: [
    {
      id: "get-a-docker-context",
      title: "Get a Docker context",
      operation: "GET /environments/{id}/docker-context",
      prose: [
        "An archive for `docker context import`, with a new certificate of your role. It lasts 30 days, ends with the token that asked for it, and, where a log-in asked for it, with a new password.",
      ],
    },
    {
      id: "get-docker-environment",
      title: "Get a shell's lines",
      operation: "GET /environments/{id}/docker-env",
      prose: ["Lines for `eval` that point this shell's Docker clients at the cluster, with a new certificate."],
    },
    {
      id: "run-a-command",
      title: "Run a command in a container",
      operation: "GET /environments/{id}/containers/{container}/exec",
      prose: [
        "As a WebSocket, like [a node's terminal](#open-a-terminal); `cmd`, repeated, is the command's words, and its best shell where there is none. Asked without a WebSocket, as here, it answers whether the cluster can be entered.",
      ],
    },
    {
      id: "list-certificates",
      title: "List certificates",
      operation: "GET /environments/{id}/docker-certificates",
      prose: ["Those in force that Docker clients hold: your own; an admin sees all."],
    },
    {
      id: "take-a-certificate-back",
      title: "Take a certificate back",
      operation: "DELETE /environments/{id}/docker-certificates/{certificate}",
      prose: [
        "Connections that it opened end at once. One for a node is refused there as soon as the node has been told, and what it has open ends ten minutes later, with all that was open then: a node cannot tell whose a connection is.",
      ],
    },
  ],
};
