import { randomBytes } from "node:crypto";
import Docker from "dockerode";
import { tar } from "#lib/tar.ts";
import { serverImage } from "./image.ts";
import { serverOptions } from "./options.ts";

/** A server as an emulated cloud has it; its ports are reached at `address`, a loopback address of its own. */
export type BackedServer = { id: string; hostname: string; launchIndex: number; userData: string; address: string };

/** Makes emulated servers real: systemd containers in which cloud-init runs the user data. */
export type Backing = {
  /** Answers the private address, once the container runs. */
  boot(server: BackedServer): Promise<string>;
  stop(id: string): Promise<void>;
  /** Boots a stopped server again, reached at another address. */
  restart(server: BackedServer): Promise<string>;
  remove(id: string): Promise<void>;
  /** Removes every container, volume and network that was made. */
  close(): Promise<void>;
};

export async function dockerBacking(
  host = process.env.CLOUDHERO_DOCKER_HOST || "unix:///var/run/docker.sock",
): Promise<Backing> {
  const docker = new Docker({ socketPath: host.replace("unix://", "") });
  const image = await serverImage(docker, host);
  const name = `cloudhero-emulated-${randomBytes(4).toString("hex")}`;
  const network = await docker.createNetwork({ Name: name, Labels: { "io.cloudhero.emulated": name } });
  const containers = new Map<string, Docker.Container>();
  const inTurn = new Map<string, Promise<unknown>>();

  /** One thing at a time for each server. */
  const turn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const mine = (inTurn.get(id) ?? Promise.resolve()).then(work, work);
    inTurn.set(
      id,
      mine.catch(() => {}),
    );
    return mine;
  };

  const privateAddress = async (container: Docker.Container) => {
    const { NetworkSettings } = await container.inspect();
    return NetworkSettings.Networks[name]?.IPAddress ?? "";
  };

  async function boot(server: BackedServer): Promise<string> {
    const container = await docker.createContainer(serverOptions(image, name, server));
    containers.set(server.id, container);
    await container.putArchive(seed(server), { path: "/" });
    await container.start();
    return privateAddress(container);
  }

  /** A container's published ports are fixed when it is made: its file system and hostname go on in another one. */
  async function restart(server: BackedServer): Promise<string> {
    const old = containers.get(server.id);
    if (!old) throw new Error(`${server.id} was never booted`);
    const kept = await old.commit();
    const options = serverOptions(kept.Id, name, server, await hostnameOf(old));
    const container = await docker.createContainer(options);
    containers.set(server.id, container);
    await old.remove({ force: true });
    await container.start();
    return privateAddress(container);
  }

  async function remove(id: string): Promise<void> {
    await containers.get(id)?.remove({ force: true, v: true });
    containers.delete(id);
  }

  return {
    boot: (server) => turn(server.id, () => boot(server)),
    restart: (server) => turn(server.id, () => restart(server)),
    stop: (id) => turn(id, async () => void (await containers.get(id)?.stop({ t: 15 }))),
    remove: (id) => turn(id, () => remove(id)),
    async close() {
      await Promise.all([...containers.keys()].map((id) => turn(id, () => remove(id))));
      for (const volume of await volumesOf(docker, name)) await docker.getVolume(volume).remove();
      for (const kept of await docker.listImages({ filters: { label: [`io.cloudhero.emulated=${name}`] } })) {
        await docker.getImage(kept.Id).remove({ force: true });
      }
      await network.remove();
    },
  };
}

/** The hostname that cloud-init gave a server: the engine, not its file system, holds a container's own. */
async function hostnameOf(container: Docker.Container): Promise<string> {
  const archive = await container.getArchive({ path: "/var/lib/cloud/data/set-hostname" });
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  const file = Buffer.concat(chunks);
  const length = Number.parseInt(file.toString("latin1", 124, 135), 8);
  return (JSON.parse(file.toString("utf8", 512, 512 + length)) as { hostname: string }).hostname;
}

/** What a cloud's metadata service would say, for cloud-init's NoCloud source. */
function seed({ id, hostname, launchIndex, userData }: BackedServer): Buffer {
  const metadata = JSON.stringify({
    "instance-id": id,
    "local-hostname": hostname,
    "ami-launch-index": String(launchIndex),
  });
  const folder = "var/lib/cloud/seed/nocloud";
  return tar([
    { path: `${folder}/meta-data`, content: metadata, mode: 0o600 },
    { path: `${folder}/user-data`, content: userData, mode: 0o600 },
  ]);
}

async function volumesOf(docker: Docker, name: string): Promise<string[]> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [`io.cloudhero.emulated=${name}`] } });
  return (Volumes ?? []).map((volume) => volume.Name);
}
