/** apt, patient with others' locks, and without the lines that say nothing. */
export const apt = `
# patiently COMMAND...: again while somebody else holds a package lock, for at most 300 s
patiently() {
  local deadline=$((SECONDS + 300)) status
  while :; do
    status=0
    "$@" </dev/null 2>&1 | tee "$scratch/output" | sed -u "$noise" || status=$?
    [ "$status" != 0 ] || return 0
    grep -qE 'Could not get lock|Unable to (acquire|lock)|locked by another process' "$scratch/output" || return "$status"
    [ "$SECONDS" -lt "$deadline" ] || return "$status"
    echo "waiting for another package manager to finish"
    sleep 2
  done
}
noise='/^Selecting previously/d;/^Preparing to unpack/d;/^(Reading database/d;/^Unpacking /d;/^Processing triggers/d'
noise="$noise;/^invoke-rc.d: /d;/^update-alternatives: /d;/^debconf: /d;/^Created symlink /d;/^Extracting templates/d"
noise="$noise;/^Setting up lib/d;/^Setting up node-/d;/^Enabling \\(module\\|conf\\|site\\) /d"
noise="$noise;/^Adding debian:/d;/^Preconfiguring packages/d;/policy-rc.d returned 101/d;/apt-utils is not installed/d;/^[[:space:]]*$/d"

apt_get() {
  patiently apt-get -qq --yes --no-install-recommends --no-remove -o DPkg::Lock::Timeout=5 -o Dpkg::Use-Pty=0 \\
    -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o APT::Update::Error-Mode=any \\
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

installed() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query --show --showformat='\${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || return 1
  done
}

# fetch NAME...: everything at once, so that each package's own step only unpacks; first mends what was interrupted
fetch() {
  local try broken=
  patiently dpkg --configure -a || broken=yes
  if [ -z "$broken" ] && installed "$@"; then return; fi
  for try in 1 2 3; do
    if apt_get update; then break; fi
    [ "$try" != 3 ] || { echo "the package lists could not be fetched"; return 1; }
    sleep $((try * 5))
  done
  [ -z "$broken" ] || apt_get install --fix-broken
  apt_get install --download-only "$@"
}

apt_install() { installed "$@" || apt_get install "$@"; }

version_of() {
  local version
  version="$(dpkg-query --show --showformat='\${db:Status-Abbrev}\${Version}\\n' "$@" 2>/dev/null | sed -n 's/^ii *//p' | head -n 1)"
  version="\${version#*:}"
  echo "\${version%%[-+~]*}"
}
`;
