#!/bin/sh
# Gives systemd the control groups it needs, then becomes it.
set -eu

# A first process is deaf to signals that it does not handle: 37 is SIGRTMIN+3, which asks for a stop.
trap 'exit 0' 37

# A version 1 host mounts each hierarchy read-only here; on a version 2 host there is one, which systemd mounts itself.
# "bind" changes the mount alone: the hierarchy behind it is shared with the host and refuses a plain remount.
if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then
  for hierarchy in /sys/fs/cgroup/ /sys/fs/cgroup/*/; do
    mount -o remount,bind,rw "$hierarchy"
  done
fi
mount -o remount,bind,rw /sys

# An inner engine's mounts must reach its own containers.
mount --make-rshared /

# Blocked, a stop that comes before systemd listens is kept for it.
exec env --block-signal=37 /sbin/init "$@"
