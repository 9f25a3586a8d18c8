import type { Chapter, Topic } from "../topic.ts";

const addEc2: Topic = {
  id: "add-amazon-ec2",
  title: "Add Amazon EC2",
  operation: "POST /providers",
  prose: [
    "This endpoint is used to add Amazon EC2 cloud provider. In order to do this you need to provide a valid AWS access key and AWS secret key. They are tried at once, and each permission that they lack is named in the answer.",
    {
      head: ["Parameter", "Description"],
      rows: [
        ["accessKey", "AWS access key"],
        ["secretKey", "AWS secret key"],
        ["session_token", "The third part of temporary credentials"],
        [
          "role_arn",
          "A role to assume from the keys, with an external ID that is yours alone (`external_id` in the answer)",
        ],
        ["subnet, network, image, disk_gib", "What environments take unless they say otherwise"],
      ],
    },
    "[What a key must be allowed](#get-the-least-policy) can be asked before there is one.",
  ],
};

const addDigitalOcean: Topic = {
  id: "add-digitalocean",
  title: "Add DigitalOcean",
  operation: "POST /providers",
  body: { cloud_provider: "digital_ocean", provider_name: "my-provider", access_token: "DOaccesToken" },
  answer: {
    provider_meta: { access_token: "••••••••" },
    name: "my-provider",
    organisation: "56db164f10d396351aa94940",
    id: "56ded3d210d396176558b9b5",
    provider_type: "digital_ocean",
    alias: "account-username-digital-ocean",
    trouble: null,
    missing_permissions: [],
    throttled_until: null,
    simulated: false,
  },
  prose: [
    "This endpoint is used to add DigitalOcean cloud provider. In order to do this you need to provide a valid DigitalOcean access token.",
    {
      head: ["Parameter", "Description"],
      rows: [
        ["access_token", "DigitalOcean access token"],
        ["image", "What environments take unless they say otherwise"],
      ],
    },
  ],
};

const addDocker: Topic = {
  id: "add-a-docker-engine",
  title: "Add a Docker engine",
  operation: "POST /providers",
  body: { cloud_provider: "docker", provider_name: "laptop", host: "unix:///var/run/docker.sock" },
  answer: {
    provider_meta: { host: "unix:///var/run/docker.sock" },
    name: "laptop",
    organisation: "56db164f10d396351aa94940",
    id: "56ded3d210d396176558b9b6",
    provider_type: "docker",
    alias: "account-username-docker",
    trouble: null,
    missing_permissions: [],
    throttled_until: null,
    simulated: false,
  },
  prose: [
    "On a Docker engine servers are containers: nothing to sign up for, nothing to pay. The engine of CloudHero's own machine may be added by its first account; any other is reached by `tcp://` with TLS.",
    {
      head: ["Parameter", "Description"],
      rows: [
        ["host", "`unix:///var/run/docker.sock`, or `tcp://HOST:2376`"],
        ["ca, cert, key", "For `tcp://`: the authority, the client's certificate and its key, as PEM"],
      ],
    },
  ],
};

export const providers: Chapter = {
  id: "cloud-providers",
  title: "Cloud Providers",
  tag: "Cloud Providers",
  prose: [],
  topics: [
    addEc2,
    addDigitalOcean,
    addDocker,
    {
      id: "get-available-providers",
      title: "Get available providers",
      operation: "GET /providers",
      prose: [
        "This endpoint is used to query all available cloud providers that are configured for your account, by type.",
        "`id` is the cloud provider id. It can be used for further operations, like creating an environment or querying cloud provider metadata. `trouble` says why the cloud refuses the credentials, and is null while it takes them.",
      ],
    },
    {
      id: "get-cloud-provider-metadata",
      title: "Get cloud provider metadata",
      operation: "GET /providers/{id}/meta",
      prose: [
        "To list the regions and sizes of an existing cloud provider, send a GET request to `/providers/cloud_provider_id/meta`. With `region`, sizes are that region's alone, with their prices in US dollars where they may be read.",
      ],
    },
    {
      id: "get-a-provider",
      title: "Get a provider",
      operation: "GET /providers/{id}",
      prose: [],
    },
    {
      id: "change-a-provider",
      title: "Rename a provider, rotate its key",
      operation: "PUT /providers/{id}",
      prose: [
        "Send what changes: `provider_name`, or the fields of new credentials. New credentials are tried first, and environments go on running. While any of them lives, credentials of another account than the one it lives in, or another Docker engine, are refused with 409: add that as a provider of its own. A new name alone asks the cloud nothing.",
      ],
    },
    {
      id: "remove-a-provider",
      title: "Remove a provider",
      operation: "DELETE /providers/{id}",
      prose: ["Only where no environment uses it any more: what runs in a cloud is never left without a key."],
    },
    {
      id: "get-the-least-policy",
      title: "Get the least policy",
      operation: "GET /providers/{id}/policy",
      prose: [
        "The least that credentials must be allowed: an IAM policy for EC2, a list of scopes for DigitalOcean. In place of an id there may be a type, so it can be asked before there is a key: `/providers/ec2/policy`.",
      ],
    },
    {
      id: "list-orphans",
      title: "List orphans",
      operation: "GET /providers/{id}/orphans",
      prose: [
        "What is in the cloud with our mark and of no environment that lives, with its age and its cost. `unread` names regions that did not answer, so an empty list with an empty `unread` means that there is nothing.",
      ],
    },
    {
      id: "remove-orphans",
      title: "Remove orphans",
      operation: "POST /providers/{id}/orphans/remove",
      prose: ["What is no orphan by the time it is asked for is refused, with the reason, and stays."],
    },
  ],
};
