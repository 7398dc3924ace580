#!/usr/bin/env bash
# Usage: check_tree.sh [ROOT]
#
# Refuses, among the files that are or would be committed: absolute paths of somebody's machine, files
# over 1 MiB, and lock files that pin the address of a download. Without git it skips (exit code 77).
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

readonly bytes_max=1048576
readonly machine_path='(^|[^A-Za-z0-9._~$}/-])/(work|home|root)/'
readonly pinned_download='"?resolved"?[ :=]+"?https?://'

if ! command -v git >/dev/null; then
  echo "check_tree: git is not available, so the tree is not checked"
  exit 77
fi
list=$(mktemp)
trap 'rm -f "$list"' EXIT
if ! git ls-files -z --cached --others --exclude-standard >"$list" 2>/dev/null; then
  echo "check_tree: git cannot list this tree, so it is not checked"
  exit 77
fi

problems=0
report() {
  printf '%s\n' "$1"
  problems=$((problems + 1))
}

files=()
while IFS= read -r -d '' file; do
  [[ -f $file && ! -L $file ]] && files+=("$file")
done <"$list"

while IFS= read -r -d '' line; do
  if ((${line%% *} > bytes_max)); then
    report "${line#* }: over 1 MiB; generate it, or fetch it where it is used"
  fi
done < <(printf '%s\0' "${files[@]}" | xargs -0 -r stat --printf '%s %n\0' --)

while IFS= read -r line; do
  report "$line   <- a path of one machine; write it relative to the repository"
done < <(printf '%s\0' "${files[@]}" | xargs -0 -r grep -HnIoE "${machine_path}[^ ]*" -- || true)

locks=()
for file in "${files[@]}"; do
  case "${file##*/}" in
    *-lock.json | *.lock | *-lock.yaml | npm-shrinkwrap.json) locks+=("$file") ;;
  esac
done
if ((${#locks[@]} > 0)); then
  while IFS= read -r line; do
    report "$line   <- a lock file pins a version and a hash, not an address"
  done < <(grep -HnoE "${pinned_download}[^\"]*" -- "${locks[@]}" || true)
fi

echo "${#files[@]} files read, $problems problems"
((problems == 0))
