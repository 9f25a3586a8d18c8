import type { Chapter } from "../topic.ts";

export const applications: Chapter = {
  id: "applications",
  title: "Applications",
  tag: "Applications",
  prose: [],
  topics: [
    {
      id: "create-an-application",
      title: "Create an application",
      operation: "POST /applications",
      prose: ["To create a new application, send a POST request to `/applications`."],
    },
    {
      id: "query-application-info",
      title: "Query application info",
      operation: "GET /applications",
      prose: ["To query your applications, send a GET request to `/applications`."],
    },
    { id: "get-an-application", title: "Get an application", operation: "GET /applications/{id}", prose: [] },
    { id: "rename-an-application", title: "Rename an application", operation: "PUT /applications/{id}", prose: [] },
    {
      id: "remove-an-application",
      title: "Remove an application",
      operation: "DELETE /applications/{id}",
      prose: ["Only where it has no environments any more."],
    },
  ],
};
