# What tests of servers share; sourced behind lib.sh. Each server takes a free port and is stopped at the
# end, however the test ends.
servers=()
stop_servers() {
  local process
  for process in "${servers[@]}"; do kill "$process" 2>/dev/null || true; done
  for process in "${servers[@]}"; do wait "$process" 2>/dev/null || true; done
  servers=()
}
trap 'stop_servers; rm -rf "$work"' EXIT

# start NAME WORD...: runs tally in the background; its output is in $work/NAME.out and .err. Sets `port`
# to the (first) port of its last line and `process`.
start() {
  local name=$1
  shift
  : >"$work/$name.out"
  "$TALLY" "$@" >"$work/$name.out" 2>"$work/$name.err" &
  process=$!
  servers+=("$process")
  port=
  for _ in $(seq 200); do
    port=$(sed -n 's/.*HTTP on [^ ]*:\([0-9]*\).*/\1/p' "$work/$name.out")
    [[ -n $port ]] && return 0
    kill -0 "$process" 2>/dev/null || fail "$name ended: $(cat "$work/$name.err")"
    sleep 0.1
  done
  fail "$name does not serve: $(cat "$work/$name.err")"
}
serve() { # name, folder, words...
  local name=$1 folder=$2
  shift 2
  start "$name" serve --data "$folder" --http 127.0.0.1:0 --rpc 127.0.0.1:0 "$@"
}
# stop PROCESS: ends one server and waits for it.
stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
token_of() { cat "$1/private/token"; }
# ask FOLDER URL WORD...: as the operator; the answer's body.
ask() {
  local folder=$1 url=$2
  shift 2
  curl -sS --max-time 20 -H "Authorization: Bearer $(token_of "$folder")" "$@" "$url"
}
# until_true SECONDS WORD...: repeats a command until it succeeds.
until_true() {
  local tries=$(($1 * 10))
  shift
  while ((tries-- > 0)); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}
# client_commands FIRST LAST: as many registrations of clients, for a simulated book.
client_commands() {
  local i
  for i in $(seq "$1" "$2"); do
    echo '{"command":"register_client","request_id":"more-'"$i"'","actor":"@ops","at":"2026-06-01T08:00:00Z","client":"@more-'"$i"'","category":"retail","residence":"CY"}'
  done
}
