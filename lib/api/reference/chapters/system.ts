import type { Chapter } from "../topic.ts";

export const system: Chapter = {
  id: "system",
  title: "System",
  tag: "System",
  prose: [],
  topics: [
    { id: "list-packages", title: "List packages", operation: "GET /packages", prose: [] },
    {
      id: "openapi",
      title: "OpenAPI",
      operation: "GET /openapi.json",
      prose: ["This API as OpenAPI 3.1, for code generators and other tools."],
    },
    { id: "health", title: "Health", operation: "GET /healthz", prose: [] },
    { id: "readiness", title: "Readiness", operation: "GET /readyz", prose: ["503 while something does not work."] },
  ],
};
