/** Files: each writes only what differs, whole or not at all, and then has the package's service restarted. */
export const files = `
mark_changed() { [ -z "$package" ] || : >"$state/restart-$package"; }

# put_file PATH OWNER:GROUP MODE <content
put_file() {
  local folder="\${1%/*}" fresh
  [ -d "$folder" ] || mkdir -p "$folder"
  fresh="$(mktemp "$folder/.cloudhero.XXXXXX")"
  cat >"$fresh"
  if cmp --silent "$fresh" "$1" && [ "$(stat -c '%U:%G %a' "$1")" = "$2 $3" ]; then rm "$fresh"; return; fi
  chown "$2" "$fresh"
  chmod "$3" "$fresh"
  mark_changed
  mv -f "$fresh" "$1"
}

# rewrite PATH <content: keeps owner and mode; in place where the file is a mount and cannot be replaced
rewrite() {
  local fresh
  cat >"$scratch/content"
  if cmp --silent "$scratch/content" "$1"; then return; fi
  mark_changed
  fresh="$(mktemp "\${1%/*}/.cloudhero.XXXXXX")"
  cp --preserve=all "$1" "$fresh"
  cat "$scratch/content" >"$fresh"
  mv -f "$fresh" "$1" 2>/dev/null || { cat "$fresh" >"$1"; rm "$fresh"; }
}

# put_block PATH <content: our one block at the end of somebody else's file; no content, no block
put_block() {
  local block
  block="$(cat)"
  {
    awk '$0 == "# BEGIN CloudHero" { ours = 1 } !ours { print } $0 == "# END CloudHero" { ours = 0 }' "$1"
    [ -z "$block" ] || printf '# BEGIN CloudHero\\n%s\\n# END CloudHero\\n' "$block"
  } >"$scratch/block"
  rewrite "$1" <"$scratch/block"
}

# replace_line PATH EXTENDED_REGEX LINE
replace_line() {
  sed -E "s#$2#$3#" "$1" >"$scratch/line"
  grep -qxF -- "$3" "$scratch/line" || { echo "$1 has no line to turn into: $3"; return 1; }
  rewrite "$1" <"$scratch/line"
}
`;
