import { environment } from "../samples.ts";
import type { Chapter } from "../topic.ts";

export const quickStart: Chapter = {
  id: "quick-start",
  title: "Quick start",
  prose: [
    "From nothing to a web server and a database that run, by six requests. All that you need is a machine with a Docker engine: the servers are containers there, cost nothing, and are made in a minute. With an Amazon or DigitalOcean key it is the same, but for the provider, the region and the size.",
  ],
  topics: [
    {
      id: "start-cloudhero",
      title: "Start CloudHero",
      code: "cd cloudhero\nnpm start",
      prose: [
        "In a clone of CloudHero. It needs Node 20 or newer, and nothing else: it brings its own Postgres. Skip this where one runs already, as it does where you read this.",
      ],
    },
    {
      id: "make-an-account",
      title: "Make an account",
      operation: "POST /accounts/register",
      prose: [
        "The answer has your token, as `persistent_token`. Keep it in the variable from which every other example takes it:",
        { code: "export CLOUDHERO_TOKEN=39398748932387642323203969547853760605", label: "the variable" },
        "Have an account? Make a token on the dashboard, under API tokens.",
      ],
    },
    {
      id: "add-an-engine",
      title: "Add your Docker engine",
      operation: "POST /providers",
      body: { cloud_provider: "docker", provider_name: "laptop", host: "unix:///var/run/docker.sock" },
      prose: [
        "The engine of CloudHero's own machine may be added by its first account. It is tried at once. The `id` in the answer is the provider's.",
      ],
    },
    {
      id: "make-an-application",
      title: "Make an application",
      operation: "POST /applications",
      prose: ["What environments belong to. Its `id` is in the next request's address."],
    },
    {
      id: "make-an-environment",
      title: "Make an environment",
      operation: "POST /applications/{id}/environments",
      body: environment([
        { name: "web", size: "small", packages: ["nginx"] },
        { name: "db", size: "small", packages: ["mysql"] },
      ]),
      prose: [
        "Two servers, with nginx on one and MySQL on the other. The answer comes at once; add `?wait=300` to the address to have it when they run. On the dashboard, the environment's page shows each step as it happens.",
      ],
    },
    {
      id: "look-at-it",
      title: "Look at it",
      operation: "GET /environments/{id}",
      prose: [
        "States, addresses, and the line that logs in. [Credentials](/docs#get-credentials) has the passwords that were generated for the database.",
      ],
    },
    {
      id: "throw-it-away",
      title: "Throw it away",
      operation: "DELETE /environments/{id}",
      prose: ["Servers, volumes and network are gone in a few seconds, and nothing is left to pay for."],
    },
  ],
};
