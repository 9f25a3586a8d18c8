import type { Topic } from "../topic.ts";

/** What can be asked of an environment beside making, stopping, starting and deleting it. */
export const followTopics: Topic[] = [
  {
    id: "plan-an-environment",
    title: "Plan an environment",
    operation: "POST /environments/plan",
    prose: [
      "What an environment would be made of and cost, checked against the cloud: sizes, limits, prices in US dollars, warnings. It takes the body that making it takes, and makes nothing.",
    ],
  },
  {
    id: "list-environments",
    title: "List environments",
    operation: "GET /environments",
    prose: [],
  },
  {
    id: "list-an-applications-environments",
    title: "List an application's environments",
    operation: "GET /applications/{id}/environments",
    prose: [],
  },
  {
    id: "get-an-environment",
    title: "Get an environment",
    operation: "GET /environments/{id}",
    prose: [
      "State, nodes, progress, cost and the last error. `running`, `degraded`, `stopped`, `failed` and `deleted` are states in which nothing moves by itself; all others pass.",
    ],
  },
  {
    id: "change-an-environment",
    title: "Change an environment",
    operation: "PUT /environments/{id}",
    prose: [
      "States the whole wish again, as when it was made: nodes are added and changed to fit. A node that is left out is removed only with `prune`; without it, that is an error that names the node. With `?wait=300` the answer is held until those that come are ready, and those that go have gone.",
    ],
  },
  {
    id: "follow-events",
    title: "Follow events",
    operation: "GET /environments/{id}/events",
    prose: [
      "What happens to the environment, as server-sent events, for as long as the connection is kept. It resumes after `Last-Event-ID`, so a browser's `EventSource` misses nothing.",
    ],
  },
  {
    id: "read-a-nodes-log",
    title: "Read a node's log",
    operation: "GET /environments/{id}/nodes/{name}/log",
    answer: "2026-11-25T12:00:00.000Z Installing nginx\n…",
    prose: ["All that its server said while it was set up, as text, each line with its time first."],
  },
  {
    id: "open-a-terminal",
    title: "Open a terminal",
    operation: "GET /environments/{id}/nodes/{name}/terminal",
    prose: [
      "A shell on a node, as a WebSocket: binary frames are bytes both ways, text frames are JSON (`resize` and `ack` from you; `ready`, `notice`, `exit` and `error` to you). Asked without one, as here, it answers whether a shell can be opened now.",
    ],
  },
  {
    id: "retry-a-node",
    title: "Retry a node",
    operation: "POST /environments/{id}/nodes/{name}/retry",
    prose: ["Tries a node that failed again; with `remake`, in a new and empty server."],
  },
  {
    id: "get-credentials",
    title: "Get credentials",
    operation: "GET /environments/{id}/nodes/{name}/credentials",
    prose: ["Generated passwords and connection strings of a node's databases. Each look is in the audit log."],
  },
];
