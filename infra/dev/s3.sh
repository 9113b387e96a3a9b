#!/usr/bin/env bash
# A real S3 server (versitygw) on this machine, for development and tests.
#
#   infra/dev/s3.sh install            build it once through the Go module proxy
#   infra/dev/s3.sh start FOLDER       start it with its data below FOLDER and print the environment to set
#   infra/dev/s3.sh env FOLDER         print that environment again
#   infra/dev/s3.sh stop FOLDER        stop it; the data stay
#
# A shell takes the environment by: eval "$(infra/dev/s3.sh start FOLDER)"
# Settings: SID_S3_PORT (7070), SID_S3_BUCKET (sid), SID_TOOLS (where the program is kept).
#
# For development only: it looks for an object and writes it in two steps, so that two simultaneous creators may both
# be told that they were first. Amazon's S3 and MinIO do it in one.
set -euo pipefail

readonly version=v1.7.0
readonly tools="${SID_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/semantic-ids/bin}"
readonly program="$tools/versitygw-$version"
readonly port="${SID_S3_PORT:-7070}"
readonly bucket="${SID_S3_BUCKET:-sid}"

fail() {
  echo "s3.sh: $*" >&2
  exit 1
}

install() {
  [[ -x $program ]] && return
  command -v go >/dev/null || fail "Go is missing: install Go 1.25 or later, or put versitygw at $program"
  mkdir -p "$tools"
  local build
  build=$(mktemp -d "$tools/build.XXXXXX")
  echo "Building versitygw $version (about a minute)" >&2
  if ! GOBIN="$build" GOFLAGS=-modcacherw go install "github.com/versity/versitygw/cmd/versitygw@$version" >&2; then
    rm -rf "$build"
    fail "versitygw $version could not be built: see above; it needs the Go module proxy"
  fi
  mv "$build/versitygw" "$program"
  rm -rf "$build"
}

print_environment() {
  [[ -f $folder/port ]] || fail "nothing was started in $folder: infra/dev/s3.sh start $folder"
  local key secret
  { read -r key; read -r secret; } <"$folder/credentials"
  echo "export AWS_ENDPOINT_URL_S3=http://127.0.0.1:$(<"$folder/port")"
  echo "export AWS_REGION=us-east-1"
  echo "export AWS_ACCESS_KEY_ID=$key"
  echo "export AWS_SECRET_ACCESS_KEY=$secret"
  echo "export SID_TEST_S3_ENDPOINT=http://127.0.0.1:$(<"$folder/port")"
  echo "# buckets are the folders in $folder/data; there is one: s3://$bucket/"
}

# Whether the process that was started here is alive, and not another that got its number later.
running() {
  [[ -f $folder/pid ]] || return 1
  local pid
  pid=$(<"$folder/pid")
  if [[ -e /proc/self/exe ]]; then
    [[ $(readlink "/proc/$pid/exe") == *versitygw* ]]
  else
    [[ $(ps -p "$pid" -o comm=) == *versitygw* ]]
  fi
} 2>/dev/null

start() {
  install
  mkdir -p "$folder/data/$bucket"
  if running; then
    print_environment
    return
  fi
  if [[ ! -f $folder/credentials ]]; then
    (umask 077 && printf 'sid\n%s\n' "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" >"$folder/credentials")
  fi
  local key secret
  { read -r key; read -r secret; } <"$folder/credentials"
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    fail "port $port is in use: stop what listens there, or set SID_S3_PORT"
  fi
  ROOT_ACCESS_KEY=$key ROOT_SECRET_KEY=$secret nohup "$program" --port "127.0.0.1:$port" posix "$folder/data" \
    >"$folder/log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
  echo "$port" >"$folder/port"
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && running && print_environment && return
    kill -0 "$(<"$folder/pid")" 2>/dev/null || fail "versitygw ended at once: $(tail -n 3 "$folder/log")"
    sleep 0.1
  done
  fail "versitygw does not answer on port $port: see $folder/log"
}

stop() {
  if running; then
    kill "$(<"$folder/pid")"
    for _ in $(seq 50); do
      running || break
      sleep 0.1
    done
    running && fail "versitygw (process $(<"$folder/pid")) does not end"
  fi
  rm -f "$folder/pid"
}

command=${1:-}
if [[ $command != install ]]; then
  [[ $# -eq 2 ]] || fail "usage: s3.sh install | start FOLDER | env FOLDER | stop FOLDER"
  mkdir -p "$2"
  folder=$(cd "$2" && pwd)
  readonly folder
fi
case $command in
  install) install ;;
  start) start ;;
  env) print_environment ;;
  stop) stop ;;
  *) fail "there is no command $command: install, start, env, stop" ;;
esac
