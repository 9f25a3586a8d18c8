import { environment, sampleAnswers } from "../samples.ts";
import type { Chapter, Topic } from "../topic.ts";
import { followTopics } from "./environments-follow.ts";

const create = "POST /applications/{id}/environments";
const node = (name: string, packages: string[]) => ({ packages, name, size: "small" });

const createTopics: Topic[] = [
  {
    id: "create-single-server",
    title: "Create single server",
    operation: create,
    body: environment([node("web", ["nginx"])], "production"),
    prose: [
      "To create a single server environment, send a POST request to `/applications/application_id/environments`.",
      "The answer comes at once: `ready` says that the environment is accepted, its plan is valid and it can be queried; `state` says where it stands. With `?wait=300` it is held until the servers are ready, or something failed. Nothing else is needed: the wish is kept, and a server that stops midway goes on where it was.",
    ],
  },
  {
    id: "create-multiple-servers",
    title: "Create multiple servers",
    operation: create,
    body: environment([node("web", ["nginx"]), node("db", ["mysql"]), node("cache", ["redis"])]),
    prose: [
      "To create a multiple server environment, send a POST request to `/applications/application_id/environments`, with 500 nodes at the most. Nodes reach each other by their names. A package's port is open to the environment's own nodes alone, unless its node says `expose`.",
      "Databases take only the passwords that were generated for them: [credentials](#get-credentials) has them.",
    ],
  },
  {
    id: "create-docker-cluster",
    title: "Create Docker cluster",
    operation: create,
    body: environment([node("one", ["docker"]), node("two", ["docker"]), node("three", ["docker"])], "cluster"),
    prose: [
      "To create a multiple server Docker cluster, send a POST request to `/applications/application_id/environments` and use `docker` for packages.",
      "You can now connect to your Docker cluster using Docker's own client, via the CloudHero swarm endpoint or, as an operator, to any of the provisioned nodes on port `4000`: always by TLS with a certificate, because an open Docker port is somebody else's machine within hours.",
      { code: "docker context import cluster cluster.tar\ndocker --context cluster info", label: "how to connect" },
      "[Docker clusters](/docs/docker-clusters) tells all of it.",
    ],
  },
];

const runTopics: Topic[] = [
  {
    id: "query-environment",
    title: "Query environment",
    operation: "GET /environments/{id}/query",
    prose: [
      "To query your environments, send a GET request to `/environments/environment_id/query`. It answers what the cloud says now. Where the cloud does not answer within 10 seconds, it is the last that was seen, with `stale` and its age; `success` stays true only while every server is accounted for.",
      "State names and codes are EC2's on every provider. `endpoints` says where ssh and each exposed package are really reached.",
    ],
  },
  {
    id: "stop-all-servers",
    title: "Stop all servers",
    operation: "POST /environments/{id}/stop",
    prose: [
      "To stop all servers of your environment, send a POST request to `/environments/environment_id/stop`. The wish is kept first: `previousState` is what was seen last, `currentState` what follows from the wish.",
      "A GET does the same, for scripts that were written when it was one. It takes a token alone, never a browser's cookie. So do the next two.",
    ],
  },
  {
    id: "start-all-servers",
    title: "Start all servers",
    operation: "POST /environments/{id}/start",
    prose: [
      "To start all stopped servers of your environment, send a POST request to `/environments/environment_id/start`. The newest wish wins: start while it is stopping starts once it may.",
    ],
  },
  {
    id: "delete-all-servers",
    title: "Delete all servers",
    operation: "POST /environments/{id}/delete",
    prose: [
      "To delete all servers of your environment, send a POST request to `/environments/environment_id/delete`, or a DELETE to the environment itself. It is final: servers, volumes and networks go, and nothing else can be asked of it. `newname` is the name that a server dies under, so the old one is free at once.",
      "A deleted environment answers for a day, with `state` `deleted`, and then is not found.",
    ],
  },
  {
    id: "delete-an-environment",
    title: "Delete, as DELETE",
    operation: "DELETE /environments/{id}",
    answer: sampleAnswers["DELETE /environments/{id}"],
    prose: ["Repeating it answers the same."],
  },
];

export const environments: Chapter = {
  id: "environments",
  title: "Environments",
  tag: "Environments",
  prose: [],
  topics: [...createTopics, ...runTopics, ...followTopics],
};
