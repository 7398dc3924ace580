#!/usr/bin/env bash
# Usage: tests/bench/postgres.sh [--data DIR] [--transfers N] [--seconds N] [--clients N]
#
# Records the transfers of `tally bench` in PostgreSQL 15 and in a book, one after the other on the same
# disk, and prints both rates and their ratios. Source: docs/performance.md, "PostgreSQL beside it".
#
# TALLY names the program (default build/release/tally). Needs the Debian package postgresql-15; without
# it nothing is measured and the exit code is 77. The cluster is its own, reached by a socket in a
# folder of its own, and disappears with the script.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
tally=$(realpath -m "${TALLY:-build/release/tally}")
data= transfers=50000 seconds=10 clients=1000
while (($# > 1)); do
  case $1 in
    --data) data=$2 ;;
    --transfers) transfers=$2 ;;
    --seconds) seconds=$2 ;;
    --clients) clients=$2 ;;
    *) break ;;
  esac
  shift 2
done
if (($# > 0)); then
  sed -n '2p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
readonly batch=1000 pool=64

fail() {
  echo "postgres.sh: $*" >&2
  exit 1
}
for tool in initdb pg_ctl psql pgbench; do
  if [[ ! -x $bin/$tool ]]; then
    echo "skipped: $bin/$tool is missing; install postgresql-15"
    exit 77
  fi
done
[[ -x $tally ]] || fail "there is no $tally; run scripts/build.sh release tally"
((EUID != 0)) || id postgres >/dev/null 2>&1 || fail "PostgreSQL refuses root; make the user postgres"

# --- A cluster of our own. ------------------------------------------------------------------------

# The name of a socket has at most 107 bytes, so it cannot lie below any --data.
socket=$(mktemp -d)
if [[ -n $data ]]; then
  mkdir -p "$data"
else
  data=$(mktemp -d)
  remove_data=$data
fi
data=$(realpath "$data")
[[ ! -e $data/postgres && ! -e $data/tally ]] || fail "$data holds an earlier run; name another folder"
as_owner=()
if ((EUID == 0)); then
  as_owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chmod 711 "$data"
fi
"${as_owner[@]}" test -x "$data" ||
  fail "the user postgres cannot reach $data; name a folder whose parents all may enter"

finish() {
  if [[ -f $data/postgres/postmaster.pid ]]; then
    "${as_owner[@]}" "$bin/pg_ctl" -D "$data/postgres" -m immediate stop >/dev/null 2>&1 || true
  fi
  rm -rf "$socket" "$data/postgres" "$data/tally" "$data/input" ${remove_data:+"$remove_data"}
}
trap finish EXIT
trap 'exit 130' INT TERM

mkdir "$data/postgres" "$data/input"
((EUID != 0)) || chown postgres: "$data/postgres" "$socket"
"${as_owner[@]}" "$bin/initdb" -D "$data/postgres" --encoding=UTF8 --locale=C --auth=trust \
  --no-instructions >/dev/null

# Durable as the book is: every commit waits for its fsync. The rest is what one gives a machine that
# does nothing else; jit never pays for statements as short as these.
shared_buffers_mib=$(($(awk '/MemTotal/ {print $2}' /proc/meminfo) / 4096))
cat >>"$data/postgres/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$socket'
max_connections = $((clients + pool + 20))
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = ${shared_buffers_mib}MB
wal_buffers = 64MB
max_wal_size = 16GB
checkpoint_timeout = 30min
jit = off
CONF
"${as_owner[@]}" "$bin/pg_ctl" -D "$data/postgres" -w -l "$data/postgres/log" start >/dev/null ||
  fail "PostgreSQL did not start: $(tail -3 "$data/postgres/log")"

owner=$(((EUID == 0)) && echo postgres || id -un)
sql() { "$bin/psql" -h "$socket" -U "$owner" -d postgres -qAtX -v ON_ERROR_STOP=1 "$@"; }
empty() {
  sql -c "TRUNCATE legs, transfers, lean" -c "UPDATE chain_end SET seq = 0, hash = ''" \
    -c "UPDATE accounts SET balance = 0" -c "ALTER SEQUENCE next_number RESTART" \
    -c "VACUUM ANALYZE" -c "CHECKPOINT"
}
rate() { # transfers, nanoseconds
  echo $(($1 * 1000000000 / ($2 > 0 ? $2 : 1)))
}

# --- The measurements. ----------------------------------------------------------------------------

python3 tests/bench/postgres_workload.py "$data/input" "$transfers" "$batch"
sql -f tests/bench/postgres_schema.sql
sql -c "\\copy accounts (id, path, commodity) FROM '$data/input/accounts.csv' CSV" \
  -c "\\copy workload FROM '$data/input/workload.csv' CSV"

# One connection, a transaction a batch of 1,000. Sets batched.
in_batches() { # full or lean
  local begin
  empty
  begin=$(date +%s%N)
  sql -f "$data/input/$1.sql" >/dev/null
  batched=$(rate "$transfers" $(($(date +%s%N) - begin)))
}
# So many connections, each with one transfer a transaction and the next one when that is durable.
# Sets singly; limited by time, because a busy disk may do very few.
one_by_one() { # full or lean, connections
  local out threads=$(($2 < 2 ? 1 : 2)) command="SELECT post_one"
  [[ $1 == full ]] || command="SELECT post_lean"
  echo "$command(nextval('next_number')::int);" >"$data/input/one.sql"
  empty
  out=$("$bin/pgbench" -h "$socket" -U "$owner" -n -M prepared -f "$data/input/one.sql" -c "$2" \
    -j "$threads" -T "$seconds" postgres 2>&1) || fail "pgbench: $out"
  singly=$(sed -n 's/^tps = \([0-9]*\).*/\1/p' <<<"$out")
  [[ -n $singly ]] || fail "pgbench printed no rate: $out"
}
declare -A postgres=()
check_chain() {
  local broken
  broken=$(sql -c "SELECT first_broken()")
  [[ -z $broken ]] || fail "the hash chain in PostgreSQL is broken at $broken"
}

in_batches full
postgres[full-batch]=$batched
check_chain
sql -c "SELECT path, balance FROM accounts WHERE balance <> 0 ORDER BY path" >"$data/input/theirs"
in_batches lean
postgres[lean-batch]=$batched
for schema in full lean; do
  for connections in 1 "$pool" "$clients"; do
    one_by_one "$schema" "$connections"
    [[ $schema == lean ]] || check_chain
    postgres[$schema-$connections]=$singly
  done
done
"${as_owner[@]}" "$bin/pg_ctl" -D "$data/postgres" -m fast stop >/dev/null

# Groups of 1,000 commands: each makes two records.
readonly records=$((transfers * 2))
ingest=$("$tally" bench ingest --data "$data/tally/ingest" --records "$records" --batch 1 \
  --batch $((batch * 2)))
shared=$("$tally" bench clients --data "$data/tally/clients" --records "$records")
of() { # lines, pattern of one line, key
  local value
  value=$(sed -n "/$2/s/.* $3=\([0-9][0-9]*\).*/\1/p" <<<"$1" | head -1)
  echo "${value:-0}"
}
ours_batch=$(($(of "$ingest" "batch=$((batch * 2)) " records_per_second) / 2))
ours_one=$(($(of "$ingest" "batch=1 " records_per_second) / 2))
ours_clients=$(of "$shared" via=in-process commands_per_second)
ours_thrift=$(of "$shared" via=thrift commands_per_second)
((ours_one > 0 && ours_batch > 0 && ours_clients > 0 && ours_thrift > 0)) ||
  fail "tally bench printed no rate: $ingest $shared"

# Both have done the same bookkeeping, or no figure means anything.
"$tally" balance --data "$data/tally/ingest/ingest-$((batch * 2))-book" >"$data/input/ours.json"
python3 tests/bench/postgres_compare.py "$data/input/ours.json" "$data/input/theirs" ||
  fail "the balances differ"

# --- The answer. ----------------------------------------------------------------------------------

ratio() { # ours, theirs: hundredths, rounded down
  local hundredths=$(($1 * 100 / ($2 > 0 ? $2 : 1)))
  printf '%d.%02d' $((hundredths / 100)) $((hundredths % 100))
}
line() { # mode, ours, schema, theirs
  echo "postgres mode=$1 schema=$3 transfers_per_second=$2 postgres=$4 ratio=$(ratio "$2" "$4")"
}
echo "postgres version=$("$bin/postgres" --version | grep -o '[0-9.]*' | head -1)" \
  "transfers=$transfers seconds=$seconds shared_buffers_mib=$shared_buffers_mib fsync=on" \
  "synchronous_commit=on"
for schema in full lean; do
  line batch-1 "$ours_one" $schema "${postgres[$schema-1]}"
  line batch-$batch "$ours_batch" $schema "${postgres[$schema-batch]}"
  line clients-"$clients" "$ours_clients" $schema "${postgres[$schema-$clients]}"
  line clients-"$clients"-thrift "$ours_thrift" $schema "${postgres[$schema-$clients]}"
  line clients-"$clients"-pool-$pool "$ours_clients" $schema "${postgres[$schema-$pool]}"
done
