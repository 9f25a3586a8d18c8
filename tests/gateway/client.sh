#!/bin/sh
# What the docker command shows of an engine, in lines that say the same of every engine; the engine is the environment's.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A command with what it says and its exit code; ids and sizes are any, and "^@" is the terminal's echo of an end of input.
show() {
  name=$1
  shift
  "$@" >"$work/out" 2>"$work/err"
  code=$?
  printf '%s [%s]\n' "$name" "$code"
  sed 's/^/  /' "$work/out" "$work/err" | plain
}
plain() {
  tr -d '\r' | sed -E 's/\^@//g; s/[0-9a-f]{64}/ID/g; s/\b[0-9a-f]{12}\b/ID/g; s/[0-9.]+ ?[kM]?B\b/SIZE/g; /^ *$/d'
}
# On a terminal of its own.
on_tty() { script -qec "$1" /dev/null </dev/null; }

begun=$(date +%s)
show version docker version --format '{{.Server.Version}} {{.Server.Os}}'
show info docker info --format '{{.OSType}} {{.Architecture}} {{.Driver}}'

show run docker run --rm busybox echo hello
show 'run, both streams' docker run --rm busybox sh -c 'echo out; echo err >&2; exit 7'
show 'run with input' sh -c 'seq 3 | docker run -i --rm busybox wc -l'
show 'run -it' on_tty 'docker run -it --rm busybox sh -c "tty; exit 3"'
show 'run what is not there' sh -c 'docker run --rm busybox /none >/dev/null 2>&1'
show 'run an image that is not there' sh -c 'docker run --rm --pull never no/image 2>&1 | head -1'

script='echo begun; echo wrong >&2; trap "exit 5" TERM; while :; do sleep 0.1; done'
docker run -d --name cli --label cli=1 -e A=b -w /tmp busybox sh -c "$script" >/dev/null
show ps docker ps --filter label=cli=1 --no-trunc --format '{{.Names}} {{.Image}} {{.State}} {{.Labels}} {{.Command}}'
show 'ps by name' docker ps -aq --filter name=^cli$
show inspect docker inspect -f '{{.Name}} {{.State.Status}} {{.Config.Env}} {{.Config.WorkingDir}}' cli
show 'inspect nobody' docker inspect nobody
show 'start nobody' docker start nobody
show 'a taken name' sh -c 'docker create --name cli busybox 2>&1 | head -1'

show exec docker exec cli sh -c 'echo out; echo err >&2; exit 4'
show 'exec with input' sh -c 'seq 5 | docker exec -i cli wc -l'
show 'exec -it' on_tty 'docker exec -it -e X=y cli sh -c "tty >/dev/null && echo \$X \$PWD"'
show 'exec as who' docker exec -u 1000 cli id -u
show top sh -c "docker top cli -o pid,args | grep -c 'sh -c'"
show 'logs' docker logs cli
show 'logs -f' timeout 3 docker logs -f cli
show 'logs of a time' sh -c "docker logs --since $begun --timestamps cli 2>/dev/null | grep -c 'Z begun'"
show stats docker stats --no-stream --format '{{.Name}}' cli

seq 20000 >"$work/given"
show 'cp in' docker cp -q "$work/given" cli:/tmp/taken
show 'cp out' docker cp -q cli:/tmp/taken "$work/back"
show 'the same' cmp "$work/given" "$work/back"
show 'cp of a stream' sh -c "tar -C '$work' -c given | docker cp - cli:/tmp && docker cp cli:/tmp/given - | tar -xO | cmp - '$work/given'"
show 'cp of nothing' sh -c "docker cp cli:/none '$work' 2>&1"
show diff sh -c 'docker diff cli | sort'
show export sh -c 'docker export cli | tar -t | grep -c tmp/taken'

show pause docker pause cli
show paused docker ps --filter status=paused --format '{{.Names}}'
show unpause docker unpause cli
show rename docker rename cli renamed
show update sh -c 'docker update -m 64m --memory-swap 64m renamed && docker inspect -f "{{.HostConfig.Memory}}" renamed'
show commit docker commit -c 'LABEL by=cli' renamed cli:committed
show history sh -c 'docker history --format "{{.CreatedBy}}" cli:committed | head -1'
show tag docker tag cli:committed cli:again
show images docker images --filter label=by=cli --format '{{.Repository}}:{{.Tag}}'
show 'save and load' sh -c 'docker save cli:again | docker load'
docker wait renamed >"$work/waited" &
show stop docker stop -t 10 renamed
wait
show wait cat "$work/waited"
show 'exit code' docker inspect -f '{{.State.ExitCode}} {{.State.Running}}' renamed
show restart sh -c 'docker restart -t 0 renamed && docker inspect -f "{{.State.Running}}" renamed'
show kill docker kill renamed

docker network create cli >/dev/null
show 'network ls' docker network ls --filter name=^cli$ --format '{{.Name}}'
docker run -d --name one --network cli --network-alias first busybox sleep 600 >/dev/null
docker run -d --name two --network cli busybox sleep 600 >/dev/null
show 'by name' sh -c 'docker exec two ping -c1 -w10 first | grep -c "1 packets received"'
show members sh -c 'docker network inspect -f "{{range .Containers}}{{println .Name}}{{end}}" cli | sort'
show disconnect docker network disconnect cli two
show 'network rm in use' sh -c 'docker network rm cli >/dev/null 2>&1'
docker rm -f one two >/dev/null
show 'network rm' docker network rm cli

show 'volume create' docker volume create --label cli=1 cli
show 'volume used' sh -c 'docker run --rm -v cli:/v busybox touch /v/kept && docker run --rm -v cli:/v busybox ls /v'
show 'volume ls' docker volume ls --filter label=cli=1 --format '{{.Name}} {{.Driver}} {{.Scope}}'
show 'volume rm' docker volume rm cli
show 'volume gone' docker volume inspect cli

show 'build, classic' env DOCKER_BUILDKIT=0 docker build -q -t cli:classic .
show 'what it built' docker run --rm cli:classic cat /built
show 'build, BuildKit' docker build -q -t cli:kit --build-arg X=1 .
show 'what it built too' docker run --rm cli:kit cat /built
show 'a build that fails' sh -c 'printf "FROM busybox\nRUN exit 9\n" | docker build -q - >/dev/null 2>&1'

show rm docker rm renamed
show 'rm again' docker rm renamed
show rmi sh -c 'docker rmi cli:again cli:committed cli:classic cli:kit | grep Untagged | sort'
filter="--filter label=cli=1"
show events sh -c "docker events --since $begun --until $(($(date +%s) + 1)) $filter --filter type=container --format '{{.Action}}' | grep -v exec | uniq"

docker run --name pruned --label cli=1 busybox true
show 'container prune' docker container prune -f --filter label=cli=1
docker volume create --label cli=1 pruned >/dev/null
show 'volume prune' docker volume prune -f --filter label=cli=1
docker network create --label cli=1 pruned >/dev/null
show 'network prune' docker network prune -f --filter label=cli=1
show 'system df' docker system df --format '{{.Type}} {{.TotalCount}}'

address="host=$DOCKER_HOST,ca=$DOCKER_CERT_PATH/ca.pem,cert=$DOCKER_CERT_PATH/cert.pem,key=$DOCKER_CERT_PATH/key.pem"
show 'context create' docker context create cli --docker "$address"
show 'context use' env -u DOCKER_HOST -u DOCKER_TLS_VERIFY -u DOCKER_CERT_PATH docker --context cli run --rm busybox echo by context
show 'context rm' docker context rm cli
