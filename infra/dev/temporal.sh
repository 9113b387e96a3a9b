#!/usr/bin/env bash
# A real Temporal server with its web UI and a database on disk on this machine, for development and tests.
#
#   infra/dev/temporal.sh install          build it once through the Go module proxy
#   infra/dev/temporal.sh start [FOLDER]   start it with its database in FOLDER and print the environment to set
#   infra/dev/temporal.sh env [FOLDER]     print that environment again
#   infra/dev/temporal.sh stop [FOLDER]    stop it; the database stays, and runs go on after the next start
#
# A shell takes the environment by: eval "$(infra/dev/temporal.sh start FOLDER)"
# Settings: SID_TEMPORAL_PORT (7233), SID_TEMPORAL_UI_PORT (8233), SID_TOOLS (where the program is kept).
set -euo pipefail

readonly version=v1.8.2
readonly tools="${SID_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/semantic-ids/bin}"
readonly program="$tools/temporal-$version"
readonly module="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/temporal"
readonly queue=semantic-ids
readonly workflow=BuildSemanticIds
# The server opens its database and its services one after another: seconds, more on a busy machine.
readonly patience_seconds=60

fail() {
  echo "temporal.sh: $*" >&2
  exit 1
}

install() {
  [[ -x $program ]] && return
  command -v go >/dev/null || fail "Go is missing: install Go 1.26 or later, or put the Temporal CLI at $program"
  mkdir -p "$tools"
  local build
  build=$(mktemp -d "$tools/build.XXXXXX")
  # In a copy: -mod=mod writes into the module file.
  cp "$module/go.mod" "$module/go.sum" "$build/"
  echo "Building the Temporal CLI $version (about five minutes)" >&2
  if ! (cd "$build" && GOFLAGS=-modcacherw go build -mod=mod -o temporal github.com/temporalio/cli/cmd/temporal >&2); then
    rm -rf "$build"
    fail "the Temporal CLI $version could not be built: see above; it needs the Go module proxy"
  fi
  mv "$build/temporal" "$program"
  rm -rf "$build"
}

print_environment() {
  [[ -f $folder/ports ]] || fail "nothing was started in $folder: infra/dev/temporal.sh start $folder"
  local port ui
  { read -r port; read -r ui; } <"$folder/ports"
  echo "export TEMPORAL_ADDRESS=127.0.0.1:$port"
  echo "export TEMPORAL_NAMESPACE=default"
  echo "export SID_TEST_TEMPORAL_ADDRESS=127.0.0.1:$port"
  # Workers print links into it.
  echo "export SID_UI_URL=http://127.0.0.1:$ui"
  echo "# runs: http://127.0.0.1:$ui/namespaces/default/workflows"
  echo "# start one: http://127.0.0.1:$ui/namespaces/default/workflows/start-workflow?taskQueue=$queue&workflowType=$workflow"
}

# Whether the process that was started here is alive, and not another that got its number later.
running() {
  [[ -f $folder/pid ]] || return 1
  local pid
  pid=$(<"$folder/pid")
  if [[ -e /proc/self/exe ]]; then
    [[ $(readlink "/proc/$pid/exe") == *temporal* ]]
  else
    [[ $(ps -p "$pid" -o comm=) == *temporal* ]]
  fi
} 2>/dev/null

refuse_used() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    fail "port $1 is in use: stop what listens there, or set $2"
  fi
}

start() {
  install
  if running; then
    print_environment
    return
  fi
  local port=${SID_TEMPORAL_PORT:-7233} ui=${SID_TEMPORAL_UI_PORT:-8233}
  refuse_used "$port" SID_TEMPORAL_PORT
  refuse_used "$ui" SID_TEMPORAL_UI_PORT
  # A write-ahead log: the journal that is SQLite's default waits for the disk several times a transaction, and a
  # workflow task is several transactions. A killed server loses nothing; only a machine that loses power may.
  nohup "$program" server start-dev --ip 127.0.0.1 --port "$port" --ui-port "$ui" \
    --db-filename "$folder/temporal.db" --sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=NORMAL \
    --log-level warn >"$folder/log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
  printf '%s\n%s\n' "$port" "$ui" >"$folder/ports"
  local deadline=$((SECONDS + patience_seconds))
  while ((SECONDS < deadline)); do
    # Not running(): it takes a moment until the process has become the server.
    kill -0 "$(<"$folder/pid")" 2>/dev/null || fail "the server ended at once: $(tail -n 3 "$folder/log")"
    # The namespace is what a worker asks for first.
    if "$program" operator namespace describe default --address "127.0.0.1:$port" >/dev/null 2>&1; then
      print_environment
      return
    fi
    sleep 0.3
  done
  fail "the server does not answer on port $port after $patience_seconds s: see $folder/log"
}

stop() {
  if running; then
    kill "$(<"$folder/pid")"
    for _ in $(seq 150); do
      running || break
      sleep 0.1
    done
    running && fail "the server (process $(<"$folder/pid")) does not end"
  fi
  rm -f "$folder/pid"
}

command=${1:-}
if [[ $command != install ]]; then
  [[ $# -eq 1 || $# -eq 2 ]] || fail "usage: temporal.sh install | start [FOLDER] | env [FOLDER] | stop [FOLDER]"
  folder=${2:-${XDG_STATE_HOME:-$HOME/.local/state}/semantic-ids/temporal}
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  readonly folder
fi
case $command in
  install) install ;;
  start) start ;;
  env) print_environment ;;
  stop) stop ;;
  *) fail "there is no command $command: install, start, env, stop" ;;
esac
