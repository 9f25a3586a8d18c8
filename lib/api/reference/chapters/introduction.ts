import type { Chapter } from "../topic.ts";

export const introduction: Chapter = {
  id: "introduction",
  title: "Introduction",
  prose: [
    "Welcome to the CloudHero API! You can use our API to create any type of server environments or a scalable and highly available container service on top of major public or private cloud providers.",
    "Everything that the dashboard does, one JSON request does. Examples are in Shell, Python and JavaScript: switch with the tabs at the top. Each runs as it stands; it finds your token in the variable `CLOUDHERO_TOKEN`.",
    "The same API is described for machines at [/openapi.json](/openapi.json), and can be tried in the [console](/docs/console).",
  ],
  topics: [
    {
      id: "requests",
      title: "Requests",
      prose: [
        "Any tool that is fluent in HTTP can communicate with the API simply by requesting the correct URI. Off your own machine, requests should be made using the HTTPS protocol so that traffic is encrypted. The interface responds to different methods depending on the action required.",
        {
          head: ["Method", "Usage"],
          rows: [
            [
              "GET",
              "For simple retrieval of information about your account, providers or environments. The information you request is returned to you as a JSON object; its attributes can be used to form additional requests. A GET is read-only and affects nothing, but for three that are kept for older scripts: [stop](#stop-all-servers), [start](#start-all-servers) and [delete](#delete-all-servers).",
            ],
            [
              "POST",
              "To make something, or to have something done. A POST that repeats an `Idempotency-Key` header is answered as it was the first time, for a day: send one, and a request that was lost can safely be sent again.",
            ],
            [
              "PUT",
              "To update the information about a resource, the PUT method is available. Like DELETE it is idempotent: it sets the state of the target using the provided values, regardless of their current values. Requests using PUT do not need to check the current attributes of the object.",
            ],
            [
              "DELETE",
              "To destroy a resource and remove it from your account and environment, the DELETE method should be used. This will remove the specified object if it is found. If it is not found, the operation returns a response indicating that the object was not found.",
            ],
          ],
        },
        "Bodies are JSON, sent with `Content-Type: application/json`, and 1 MiB at the most. Ids are 24 lower-case hexadecimal characters, and sort by the time at which they were made.",
        "Lists are paged: `limit` says how many at the most, and while there may be more, the `Link` header has the next page's address ready.",
        "Secrets that you send (cloud keys, passwords) are kept encrypted and come back masked. A PUT that sends the mask keeps the secret.",
      ],
    },
    {
      id: "errors",
      title: "Errors",
      prose: [
        "Every error has the same body, and a status that says what kind it is. `field` is there where one value is to blame. [All errors, and what to do](/docs/errors).",
      ],
      answer: {
        errors: [
          { code: "invalid", message: "nodes[1].size: there is no size gigantic in local", field: "nodes[1].size" },
        ],
        success: false,
      },
      answerNote: "An error looks like this:",
    },
  ],
};
