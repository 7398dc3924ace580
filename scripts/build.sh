#!/usr/bin/env bash
# Usage: scripts/build.sh PRESET [TARGET...]
#
# Configures build/PRESET if that is needed and builds it, or only the TARGETs. Says nothing if all
# goes well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if (($# < 1)); then
  echo "usage: scripts/build.sh dev|release|asan|fuzz [TARGET...]" >&2
  exit 2
fi
preset=$1
shift
folder=build/$preset

compiler=g++ packages=run
if [[ $preset == fuzz ]]; then
  compiler=clang++-14 packages=test
fi
for tool in cmake ninja "$compiler"; do
  command -v "$tool" >/dev/null || {
    echo "build.sh: $tool is missing; run scripts/install.sh $packages" >&2
    exit 1
  }
done

# A folder configured elsewhere, before the repository was moved or copied, cannot be used again.
fresh=()
if [[ -f $folder/CMakeCache.txt ]] &&
  ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$folder/CMakeCache.txt"; then
  fresh=(--fresh)
fi
# A library that was missing may have been installed since: GoogleTest is the only optional one.
if [[ ! -f $folder/build.ninja || CMakePresets.json -nt $folder/build.ninja || ${#fresh[@]} -gt 0 ]] ||
  grep -q '^GTest_DIR:.*NOTFOUND$' "$folder/CMakeCache.txt"; then
  if ! log=$(cmake "${fresh[@]}" --preset "$preset" 2>&1); then
    printf '%s\n' "$log" >&2
    exit 1
  fi
  # A warning of ours, such as "building without tests", is shown even when all went well.
  grep -A 3 '^CMake Warning' <<<"$log" >&2 || true
fi

targets=()
if (($# > 0)); then
  targets=(--target "$@")
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! cmake --build "$folder" "${targets[@]}" -- --quiet >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
