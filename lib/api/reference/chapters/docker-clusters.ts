import type { Chapter } from "../topic.ts";

export const dockerClusters: Chapter = {
  id: "docker-clusters",
  title: "Docker clusters",
  prose: [
    "An environment whose nodes all have `docker` is a Docker cluster: a swarm, formed and kept by CloudHero, that every Docker client sees as one big host.",
  ],
  topics: [
    {
      id: "connect",
      title: "Connect",
      code: `E=52dea11f10d39637655819b1
curl -s ORIGIN/environments/$E/docker-context \\
  -H "Authentication-Token: $CLOUDHERO_TOKEN" -o staging.tar
docker context import staging staging.tar
docker --context staging run -d -p 80:80 nginx

# or: this shell's Docker clients
eval "$(curl -s ORIGIN/environments/$E/docker-env \\
  -H "Authentication-Token: $CLOUDHERO_TOKEN")"`,
      prose: [
        "Point a client at it, from the environment's page or from a script. The bundle holds a certificate with your role: a viewer reads, an operator does everything, and what changes something is in the audit log.",
        "It lasts 30 days, ends with the token that asked for it, and, where a log-in asked for it, with a new password. [Certificates](/docs#list-certificates) lists those in force, and one can be [taken back](/docs#take-a-certificate-back).",
        "Operators can have one for port 4000 of a single node, too (`?node=NAME`, 7 days): nodes take nothing there without a certificate.",
      ],
    },
    {
      id: "where-a-container-goes",
      title: "Where a container goes",
      code: `docker run -d -e constraint:node==one nginx
docker run -d -e constraint:zone!=eu-west-1a nginx
docker run -d -e affinity:container==web redis
docker run -d -e affinity:image==~nginx nginx`,
      prose: [
        "To the node with the most memory that is promised to nobody; or where `-e constraint:node==NAME` (also `region`, `zone`, `size`, an engine's labels), `-e affinity:container==NAME` or `-e affinity:image==NAME` say, with `!=`, `~` for a preference, `*` and `/patterns/`; and always with the volumes, links and namespaces that it shares: where these are on different nodes, it is refused (409), and told where they are.",
      ],
    },
    {
      id: "networks",
      title: "Networks",
      prose: [
        "Those that are made without a driver, or with `bridge`, span the nodes: on a cluster of several they are attachable overlays. Containers in a network that one node has to itself are put on that node.",
      ],
    },
    {
      id: "images",
      title: "Images",
      prose: [
        "They are pulled, and loaded by `docker load`, onto every node, with the client's credentials or, where it has none, the organisation's: [any registry](/docs#docker-hub). Builds run on one node; what they make is run there, and brought along where a container has to be elsewhere. What was built, committed or tagged last has the name, whichever nodes have another image by it. Services run what a registry has: push what you build for them.",
      ],
    },
    {
      id: "ports",
      title: "Ports",
      prose: [
        "`-p 80:80` publishes on the node where the container is, and `docker ps` names its address. On the `docker` provider that is an address inside the engine's machine, reached from there alone.",
        "A service's published port answers on every node where the kernel has IPVS (`modprobe ip_vs`), as those of EC2 and DigitalOcean do; without it, publish with `mode=host`.",
        "A node on the `docker` provider sees its host's processors and memory, whatever its size says.",
      ],
    },
    {
      id: "compose-files",
      title: "Compose files",
      code: `docker --context staging stack deploy -c compose.yml shop
docker --context staging stack services shop`,
      prose: [
        "The dashboard deploys one by itself: it shows what would be made, changed and removed, and then makes what `docker stack deploy` makes of the same file, names and labels too, so either goes on where the other was. Deploying twice changes nothing.",
        {
          list: [
            "Variables are filled in by a form. A config's or secret's text stands under `content`: `file`, `env_file` and relative mounts name files of your own machine, and are refused.",
            "`build` is refused where no image is named: build, push, and name it.",
            "What a swarm cannot do (`container_name`, `depends_on`, `links`, `privileged`, `network_mode`, `devices` and the like) is passed over with a warning; a key that nobody knows is an error.",
            "An image is pinned to the digest that its registry has when the file's name for it changes, not at each deployment.",
            "A config or secret whose content changes needs a new `name`: swarms do not change them.",
          ],
        },
      ],
    },
    {
      id: "nodes-that-do-not-answer",
      title: "Nodes that do not answer",
      prose: [
        "A node that does not answer is named in a `Warning` header, in `docker info`, and in errors. Lists do not wait for it.",
        "When the swarm's leader is lost, the other managers choose another, which takes some 20 s: until then services, stacks and networks answer late or with 503, `docker info` shows what the managers said last, and containers go on being listed, run and made.",
        "The names of its containers can be given again meanwhile. When it is back, both are listed, and the name alone means one of the two: use ids.",
        "A volume that may be on it is not made again, empty, by the way: a container that names one which no other node has is refused until the node is back or has left the environment, or `docker volume create NAME` asks for a new one.",
      ],
    },
    {
      id: "by-path",
      title: "Clients that carry a path",
      code: `export DOCKER_HOST=tcp://HOST:8080/environments/52dea11f10d39637655819b1/docker
# ~/.docker/config.json
# {"HttpHeaders": {"Authentication-Token": "…"}}`,
      prose: [
        "They can do without a certificate: `DOCKER_HOST=tcp://HOST:8080/environments/ID/docker`, with the token under `HttpHeaders` in their `config.json`: all but buildx. One node's own engine is at `/environments/ID/nodes/NAME/docker`.",
      ],
    },
    {
      id: "what-differs",
      title: "What differs from a plain engine",
      prose: [
        "This, and nothing else is meant to:",
        {
          list: [
            "Published ports are reported at their node's address.",
            "Networks span the nodes, as said above.",
            "`docker info` has the sums, and the environment's name.",
            "`docker events` begins with what the nodes that answer have.",
            "Plugins are the first node's.",
            "A pull or a load shows one node's progress.",
            "Lists of containers, images and volumes, and an inspected container, name their nodes: `Node`, `Nodes`.",
          ],
        },
      ],
    },
  ],
};
