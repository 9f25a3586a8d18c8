/** Services start only when configured: policy-rc.d holds them back while this script lives, and no longer. */
export const services = `
hold_services() {
  local policy=/usr/sbin/policy-rc.d
  if [ -e $policy ] && ! grep -q CloudHero $policy; then return; fi
  printf '#!/bin/sh\\n# CloudHero: services start once they are configured\\n[ -d /proc/%s ] && exit 101\\nexit 0\\n' $$ >$policy
  chmod 755 $policy
}
release_services() { ! grep -qs CloudHero /usr/sbin/policy-rc.d || rm -f /usr/sbin/policy-rc.d; }

unit_files() { systemctl list-unit-files --no-legend --no-pager "$@" | awk '{ print $1 }'; }
# first_unit GLOB...: the first glob's unit that is installed
first_unit() {
  local glob found
  for glob in "$@"; do
    found="$(unit_files "$glob")"
    [ -z "$found" ] || { echo "\${found%%$'\\n'*}"; return; }
  done
  echo "no unit like $*" >&2
  return 1
}

# serve UNIT...: enabled and running, restarted when something of the package's was written
serve() {
  local verb=start
  [ ! -e "$state/restart-$package" ] || verb=restart
  systemctl daemon-reload
  systemctl --quiet is-enabled "$@" >/dev/null || systemctl --quiet enable "$@" 2>&1
  systemctl reset-failed "$@" 2>/dev/null || true
  timeout 180 systemctl "$verb" "$@" || { journalctl --no-pager --quiet --lines=15 --unit="$1"; return 1; }
  rm -f "$state/restart-$package"
}

retire() {
  local unit
  for unit in $(unit_files "$@"); do
    echo "stopping $unit; its data stays"
    timeout 180 systemctl --quiet disable --now "$unit" 2>&1
  done
}

# http_answers PORT: with any status below 500
http_answers() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3
  IFS= read -r -t 10 answer <&3
  [[ "$answer" =~ ^HTTP/1\\.[01]\\ [1-4] ]]
}
`;
