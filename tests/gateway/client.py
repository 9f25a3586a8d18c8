"""What docker-py sees of an engine, in lines that say the same of every engine; the engine is the environment's."""

import io
import tarfile
import time

import docker
from docker.errors import APIError, ContainerError, ImageNotFound, NotFound

client = docker.from_env(timeout=60)


def show(name, value):
    print(f"{name}: {value}")


def refused(name, kind, call):
    try:
        call()
        show(name, "not refused")
    except kind as error:
        show(name, f"{type(error).__name__} {getattr(error, 'status_code', '')}")


def packed(name, content):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


show("ping", client.ping())
begun = int(time.time())
show("run", client.containers.run("busybox", "echo hello", remove=True))
refused("run that fails", ContainerError, lambda: client.containers.run("busybox", "false", remove=True))
refused("run without its image", ImageNotFound, lambda: client.api.create_container("no/such:image"))

script = "echo out; echo err >&2; trap 'exit 7' TERM; while :; do sleep 0.1; done"
container = client.containers.run("busybox", ["sh", "-c", script], detach=True, name="py", labels={"py": "1"})
show("listed", [one.name for one in client.containers.list(filters={"label": "py=1"})])
time.sleep(1)
show("logs", (container.logs(stderr=False), container.logs(stdout=False)))
show("followed", next(iter(container.logs(stream=True, follow=True, stderr=False))))
show("exec", container.exec_run(["sh", "-c", "echo o; echo e >&2; exit 3"], demux=True))

_, socket = container.exec_run("cat", stdin=True, socket=True)
raw = getattr(socket, "_sock", socket)
raw.sendall(b"through a socket\n")
show("socket", docker.utils.socket.read_exactly(socket, 8 + 17)[8:])
raw.close()

show("put", container.put_archive("/tmp", packed("given", b"x" * 100_000)))
chunks, stat = container.get_archive("/tmp/given")
with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as tar:
    show("got", (stat["name"], stat["size"], tar.extractfile("given").read() == b"x" * 100_000))
show("changed", sorted(one["Path"] for one in container.diff() if one["Path"].startswith("/tmp")))
show("stats", sorted(container.stats(stream=False))[:3])
show("top", container.top()["Titles"])

container.pause()
container.reload()
show("paused", container.status)
container.unpause()
container.rename("pie")
show("renamed", client.containers.get("pie").id == container.id)
refused("a taken name", APIError, lambda: client.containers.create("busybox", name="pie"))
refused("a running one's removal", APIError, container.remove)
image = container.commit("py/committed", "one")
show("committed", image.tags)
container.stop(timeout=5)
show("waited", container.wait()["StatusCode"])

network = client.networks.create("py-net", labels={"py": "1"})
network.connect(container)
network.reload()
show("networks", [one.name for one in client.networks.list(names=["py-net"])])
network.disconnect(container)
container.remove()
refused("a removed one", NotFound, lambda: client.containers.get("pie"))
network.remove()

volume = client.volumes.create("py-volume")
client.containers.run("busybox", "touch /data/kept", remove=True, volumes={"py-volume": {"bind": "/data"}})
show("volume", client.containers.run("busybox", "ls /data", remove=True, volumes={"py-volume": {"bind": "/data"}}))
volume.remove()

built, log = client.images.build(fileobj=io.BytesIO(b"FROM busybox\nRUN echo made >/made\n"), tag="py/built:one", rm=True)
show("build log", [line["stream"].strip() for line in log if line.get("stream", "").startswith("Step")])
show("built", client.containers.run("py/built:one", "cat /made", remove=True))
show("tagged", built.tag("py/again", "two"))
for name in ["py/again:two", "py/built:one", "py/committed:one"]:
    client.images.remove(name)
refused("a removed image", ImageNotFound, lambda: client.images.get("py/built:one"))

filters = {"type": "container", "container": [container.id]}
seen = [event["Action"] for event in client.events(since=begun, until=int(time.time()) + 1, decode=True, filters=filters)]
show("events", [one for one in ["create", "start", "pause", "unpause", "rename", "die", "destroy"] if one in seen])
show("df", sorted(client.df())[:2])
show("pruned", sorted(client.containers.prune()))
