#!/usr/bin/env bash
# Usage: scripts/install.sh run|test
#
# Installs the Debian packages that are missing: `run` is what building and running need, `test` adds
# what the tests need. With nothing missing it ends at once and touches neither network nor disk.
set -euo pipefail

run_packages=(
  g++ cmake ninja-build ccache mold pkg-config git ca-certificates curl
  librocksdb-dev libsodium-dev libssl-dev libboost1.81-dev libboost-url1.81-dev
  libboost-json1.81-dev libthrift-dev thrift-compiler libicu-dev
  libcli11-dev libxml2-dev libmimalloc-dev libp11-kit-dev
)
test_packages=(
  libgtest-dev libgmock-dev
  python3 python3-cbor2 python3-cryptography hledger ledger beancount softhsm2 opensc openssl
  clang-14 libclang-rt-14-dev
  golang-go golang-golang-x-mod-dev
)

fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

case "${1:-}" in
  run) wanted=("${run_packages[@]}") ;;
  test) wanted=("${run_packages[@]}" "${test_packages[@]}") ;;
  *)
    echo "usage: scripts/install.sh run|test" >&2
    exit 2
    ;;
esac

for tool in dpkg-query apt-get; do
  command -v "$tool" >/dev/null || fail "$tool is missing. This script knows Debian 12 (bookworm)" \
    "only; elsewhere, install: ${wanted[*]}"
done

# One query for all: the state of each package that dpkg has heard of.
declare -A installed=()
while read -r state name; do
  [[ $state == ii* ]] && installed[$name]=1
done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)

missing=()
for name in "${wanted[@]}"; do
  [[ -n ${installed[$name]:-} ]] || missing+=("$name")
done
if ((${#missing[@]} == 0)); then
  exit 0
fi

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-unknown}")
[[ $release == "debian 12" ]] ||
  fail "this is $release, and the versions we build with are those of Debian 12." \
    "Missing here: ${missing[*]}"

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || fail "run this as root, or install sudo. Missing: ${missing[*]}"
  as_root=(sudo)
fi

apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"
}

echo "install.sh: installing ${missing[*]}"
# The lists may be old enough to name files that are gone, so a failure is tried once more after an update.
if ! apt_get install -y --no-install-recommends "${missing[@]}"; then
  apt_get update || apt_get update || fail "apt-get update failed twice; is the network there?"
  apt_get install -y --no-install-recommends "${missing[@]}" ||
    fail "could not install: ${missing[*]}"
fi
