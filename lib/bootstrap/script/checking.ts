/**
 * check_package NAME WAIT_SECONDS: runs check_NAME until it holds or the time is over; reports the package's line, and
 * counts the failures in $failed. A check runs in a shell of its own, where any failing command fails it.
 */
export const checking = `
failed=0
check_package() {
  local deadline=$((SECONDS + $2)) status
  while :; do
    set +e
    (set -e; settings_"$1"; check_"$1") </dev/null >"$scratch/check" 2>&1
    status=$?
    set -e
    if [ "$status" = 0 ] || [ "$SECONDS" -ge "$deadline" ]; then break; fi
    sleep 1
  done
  settings_"$1"
  if [ "$status" = 0 ]; then
    echo "::cloudhero package $1 $(version_of "\${version_names[@]}") ok"
  else
    failed=$((failed + 1))
    tail -n 10 "$scratch/check"
    echo "$1 does not answer (exit status $status)"
    echo "::cloudhero package $1 $(version_of "\${version_names[@]}") failed"
  fi
}
`;
