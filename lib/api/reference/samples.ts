const ids = {
  provider: "56dd617610d396503e2a6ab9",
  application: "56dd62f210d396503e2a6abb",
  environment: "52dea11f10d39637655819b1",
  organisation: "56dd5e9610d396503e2a6ab6",
  integration: "56df172610d39648c8063f3c",
};

/** Ids that the examples use; a reader who is logged in sees their own in place of the first three. */
export const sampleIds = ids;

const server = "account-user-dev-1-staging1-web";

/** Bodies of the examples, by operation. Each is one that its contract takes. */
export const sampleBodies: Record<string, unknown> = {
  "POST /accounts/register": {
    email: "my@email.com",
    password: "secretpassword",
    password_confirm: "secretpassword",
    name: "company name",
    user_name: "my@email.com",
  },
  "POST /accounts/login": { email: "my@email.com", password: "secretpassword" },
  "POST /providers": {
    cloud_provider: "ec2",
    provider_name: "my-provider",
    accessKey: "AWSAccessKey",
    secretKey: "AWSSecretKey",
  },
  "PUT /providers/{id}": { accessKey: "AWSAccessKey", secretKey: "AnotherSecretKey" },
  "POST /providers/{id}/orphans/remove": { ids: ["vol-0c1d2e3f4a5b6c7d8"] },
  "POST /applications": { application_name: "My App", application_type: "custom" },
  "PUT /applications/{id}": { application_name: "Our App" },
  "POST /applications/{id}/environments": environment([{ name: "web", size: "small", packages: ["nginx"] }]),
  "POST /environments/plan": environment([{ name: "web", size: "small", packages: ["nginx"] }]),
  "PUT /environments/{id}": {
    nodes: [
      { name: "web", size: "small", packages: ["nginx"], expose: [{ port: 80 }] },
      { name: "db", size: "small", packages: ["mysql"] },
    ],
    prune: true,
  },
  "PUT /environments/{id}/settings": {
    schedule: { days: [1, 2, 3, 4, 5], start: "08:00", stop: "19:00", time_zone: "Europe/Berlin" },
    protected: true,
  },
  "POST /environments/{id}/nodes/{name}/retry": { remake: true },
  "POST /integrations/docker-hub": dockerHub("registry-password"),
  "PUT /integrations/docker-hub/{id}": dockerHub("another-password"),
  "POST /accounts/reset-password": { token: "the-token-of-the-link", password: "anotherpassword" },
  "POST /accounts/password": { current_password: "secretpassword", password: "anotherpassword" },
  "POST /templates": { name: "web and db", environment_id: ids.environment },
  "PUT /templates/{id}": { name: "web", nodes: [{ name: "web", min_cores: 2, packages: ["nginx"] }] },
  "POST /integrations/webhooks": { name: "chat", url: "https://chat.example/hooks/1" },
  "POST /tokens": { name: "ci", role: "operator", expires_in_days: 90 },
  "POST /keys": {
    name: "laptop",
    public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEMnhuJnQcM5IwTJcTZBRnFZmsl5C8e7Ln2ibrKlWZ8x me@laptop",
  },
};

/** The body of an environment of `nodes`, as the examples have it. */
export function environment(nodes: { name: string; size: string; packages: string[] }[], name = "staging") {
  return { provider_id: ids.provider, region: "local", environment: name, nodes };
}

function dockerHub(password: string) {
  const account = { name: "My Docker Account", url: "https://index.docker.io/v1/", username: "username" };
  return { ...account, password, email: "user@email.net" };
}

const report = (servers: unknown, state: string) => ({
  std_out: { "account-username-aws-ec2": { ec2: servers } },
  success: true,
  state,
});
const state = (code: string, name: string) => ({ code, name });
const moved = (from: ReturnType<typeof state>, to: ReturnType<typeof state>) => ({
  instanceId: "i-aa18ee31",
  currentState: to,
  previousState: from,
});
const [pending, running, shutting] = [state("0", "pending"), state("16", "running"), state("32", "shutting-down")];
const stopped = report({ [server]: [moved(running, state("64", "stopping"))] }, "stopping");
const started = report({ [server]: [moved(state("80", "stopped"), pending)] }, "starting");
const died = { newname: `${server}-DEL857660c7e82b41f08d7d0451d76fe160`, ...moved(running, shutting) };
const deleted = report({ [server]: died }, "deleting");

const provider = {
  provider_meta: { accessKey: "AWSAccessKey", secretKey: "••••••••" },
  name: "my-provider",
  organisation: ids.organisation,
  id: ids.provider,
  provider_type: "ec2",
  alias: "account-username-aws-ec2",
  trouble: null,
  missing_permissions: [],
  throttled_until: null,
  simulated: false,
};

/** Answers that a schema alone cannot say, by operation. Each is one that its contract lets through. */
export const sampleAnswers: Record<string, unknown> = {
  "POST /providers": [provider],
  "GET /providers": { ec2: [provider, { ...provider, name: "second-provider", id: "56dd614610d396503e2a6ab8" }] },
  "GET /providers/{id}": provider,
  "PUT /providers/{id}": provider,
  "GET /providers/{id}/meta": {
    locations: {
      "us-east-1": { endpoint: "ec2.us-east-1.amazonaws.com", name: "us-east-1", available: true },
      "ap-northeast-1": { endpoint: "ec2.ap-northeast-1.amazonaws.com", name: "ap-northeast-1", available: true },
    },
    sizes: {
      "General Purpose": { "m3.large": { cores: "2", disk: "SSD (1 x 32)", ram: "7.5 GiB", id: "m3.large" } },
    },
    choices: { images: ["debian-12", "ubuntu-24.04"], network: true, disk_gib: { least: 8, most: 16384, usual: 8 } },
    age_seconds: 0,
  },
  "GET /providers/{id}/policy": {
    Version: "2012-10-17",
    Statement: [{ Sid: "Read", Effect: "Allow", Action: ["ec2:DescribeInstances"], Resource: "*" }],
  },
  "POST /applications/{id}/environments": {
    ready: true,
    environment: ids.environment,
    account: ids.organisation,
    state: "pending",
  },
  "POST /environments/{id}/stop": stopped,
  "GET /environments/{id}/stop": stopped,
  "POST /environments/{id}/start": started,
  "GET /environments/{id}/start": started,
  "POST /environments/{id}/delete": deleted,
  "GET /environments/{id}/delete": deleted,
  "DELETE /environments/{id}": deleted,
  "GET /environments/{id}/query": report(
    {
      [server]: {
        private_ips: "172.31.30.29",
        image: "ami-116d857a",
        state: "running",
        public_ips: "52.87.201.52",
        size: "t2.small",
        id: "i-aa18ee31",
        name: server,
        endpoints: { ssh: { host: "52.87.201.52", port: 22 } },
      },
    },
    "running",
  ),
  "GET /environments/{id}/events":
    'id: 42\nevent: node\ndata: {"id":42,"kind":"node","message":"web: installing nginx"}\n\n',
  "GET /environments/{id}/docker-context": "(a tar archive)",
  "GET /environments/{id}/docker-env":
    "export DOCKER_CERT_PATH=\"$HOME/.cloudhero/docker/staging\" DOCKER_HOST='tcp://127.0.0.1:4000' DOCKER_TLS_VERIFY=1\n…",
  "GET /openapi.json": { openapi: "3.1.0", info: { title: "CloudHero", version: "1" }, paths: {} },
  "GET /healthz": { success: true },
  "GET /readyz": { success: true, database: "ok", engine: "ok" },
};

/** What answers say in their outermost fields, by tag, beside what their request said. */
export const sampleNames: Record<string, Record<string, unknown>> = {
  Applications: { id: ids.application },
  Environments: { name: "staging", state: "running", heal: false },
  Integrations: { id: ids.integration, name: "My Docker Account" },
  Team: { id: "56dd614610d396503e2a6ab8", name: "laptop" },
  System: { name: "nginx" },
};

/** What a field of a name holds in an example, unless its operation says otherwise. */
export const sampleValues: Record<string, unknown> = {
  _name: "my_docker_account",
  account: ids.organisation,
  action: "environment.create",
  actor: "my@email.com",
  address: "192.0.2.10",
  age_seconds: 0,
  alias: "account-username-aws-ec2",
  aliases: ["nginx-server"],
  application_id: ids.application,
  application_name: "My App",
  application_type: "custom",
  cidr: "0.0.0.0/0",
  connection_string: "postgresql://app:secret@52.87.201.52:5432/app",
  count: 1,
  database: "app",
  deployments_count: 0,
  description: "nginx web server on port 80.",
  details: null,
  disk_gib: null,
  drift: null,
  email: "my@email.com",
  endpoints: { ssh: { host: "52.87.201.52", port: 22 } },
  environments: [],
  error: null,
  errors: [],
  expires_at: "2027-01-01T00:00:00.000Z",
  expose: [],
  fingerprint: "SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE",
  host: "52.87.201.52",
  hostname: server,
  id: ids.environment,
  image: "debian-12",
  integration_meta: {
    url: "https://index.docker.io/v1/",
    username: "username",
    password: "••••••••",
    email: "user@email.net",
  },
  internal_connection_string: "postgresql://app:secret@db:5432/app",
  kind: "server",
  last_error: null,
  last_used_at: null,
  missing_permissions: [],
  throttled_until: null,
  name: "web",
  network: null,
  organisation: ids.organisation,
  package: "postgresql",
  packages: ["nginx"],
  password: "secret",
  persistent_token: "39398748932387642323203969547853760605",
  port: 5432,
  ports: [80],
  private_ip: "172.31.30.29",
  progress: null,
  provider_id: ids.provider,
  public_ip: "52.87.201.52",
  public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEMnhuJnQcM5IwTJcTZBRnFZmsl5C8e7Ln2ibrKlWZ8x me@laptop",
  quotas: [],
  reason: null,
  refreshing_token: "KKMKodmdiiuhh9u9-NNN0d9d.Cb8EtQ.iwXPzQlbYS0cgXkIkT1D3Ak3Dxw",
  refused: [],
  region: "us-east-1",
  removed: ["vol-0c1d2e3f4a5b6c7d8"],
  role: "operator",
  server_id: "i-aa18ee31",
  simulated: false,
  size: "t2.small",
  ssh: "ssh cloudhero@52.87.201.52",
  stale: undefined,
  state: "running",
  subnet: null,
  success: true,
  target: ids.environment,
  title: "nginx",
  trouble: null,
  type: "docker-hub",
  unread: [],
  user: "my@email.com",
  username: "app",
  verified: true,
  warnings: [],
};
