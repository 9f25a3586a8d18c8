import type { Chapter } from "../topic.ts";

export const integrations: Chapter = {
  id: "integrations",
  title: "Integrations",
  tag: "Integrations",
  prose: [
    "CloudHero provides out of the box integrations with various apps and services to create new experiences for you.",
  ],
  topics: [
    {
      id: "docker-hub",
      title: "Docker Hub",
      operation: "POST /integrations/docker-hub",
      prose: [
        "To add a Docker Hub account, send a POST request to `/integrations/docker-hub`. Any other registry is added the same way, by its `url`. It is tried at once: `verified` says whether the registry took it, and `reason` why not.",
        "Your clusters pull with it wherever a client brings no credentials of its own.",
      ],
    },
    { id: "list-integrations", title: "List integrations", operation: "GET /integrations", prose: [] },
    { id: "get-a-registry", title: "Get a registry", operation: "GET /integrations/docker-hub/{id}", prose: [] },
    {
      id: "change-a-registry",
      title: "Change a registry",
      operation: "PUT /integrations/docker-hub/{id}",
      prose: ["A masked password keeps the one that is stored."],
    },
    {
      id: "remove-a-registry",
      title: "Remove a registry",
      operation: "DELETE /integrations/docker-hub/{id}",
      prose: [],
    },
  ],
};
