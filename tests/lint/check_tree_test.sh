#!/usr/bin/env bash
# Shows that check_tree.sh refuses one violation of each kind, and nothing in a clean tree.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v git >/dev/null || exit 77

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git -C "$folder" init -q

# expect passes|refuses WORDS: runs the check and looks for the words in what it says.
expect() {
  local said status=0
  said=$("$BASH" "$here/check_tree.sh" "$folder") || status=$?
  if [[ $1 == passes && $status -ne 0 || $1 == refuses && $status -ne 1 || $said != *"$2"* ]]; then
    printf 'expected it %s with "%s"; exit code %s:\n%s\n' "$1" "$2" "$status" "$said" >&2
    exit 1
  fi
}

slash=/
printf 'see https://example.com/home/page and src/home/a.cc\n' >"$folder/clean.md"
printf '{"integrity": "sha512-abc"}\n' >"$folder/package-lock.json"
printf 'build/\n' >"$folder/.gitignore"
mkdir "$folder/build"
printf '%s\n' "${slash}home/me/x" >"$folder/build/ignored"
expect passes "3 files read, 0 problems"

for name in work home root; do
  printf 'a\nopen "%s"\n' "$slash$name/me/file" >"$folder/a file.txt"
  expect refuses "a file.txt:2:"
done
rm "$folder/a file.txt"

head -c 1048577 /dev/zero >"$folder/large"
expect refuses "large: over 1 MiB"
head -c 1048576 /dev/zero >"$folder/large"
expect passes "0 problems"
rm "$folder/large"

printf '{\n "resolved": "https://registry.example/a.tgz"\n}\n' >"$folder/package-lock.json"
expect refuses "package-lock.json:2:"
