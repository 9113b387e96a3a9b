#!/usr/bin/env bash
# The servers that workers need, on this machine: Temporal (temporal.sh) and S3 (s3.sh).
#
#   infra/dev/dev.sh start [FOLDER]   start both with their data below FOLDER and print the environment to set
#   infra/dev/dev.sh env [FOLDER]     print that environment again
#   infra/dev/dev.sh stop [FOLDER]    stop both; the data stay
#
# Then, in a shell that has the environment: sid worker --role all --root s3://sid/
set -euo pipefail

readonly here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly command=${1:-}
readonly folder=${2:-${XDG_STATE_HOME:-$HOME/.local/state}/semantic-ids/dev}

case $command in
  start)
    "$here/temporal.sh" start "$folder/temporal"
    # Both or none: half of them would look like a fault of the workers.
    "$here/s3.sh" start "$folder/s3" || {
      "$here/temporal.sh" stop "$folder/temporal"
      exit 1
    }
    ;;
  env)
    "$here/temporal.sh" env "$folder/temporal"
    "$here/s3.sh" env "$folder/s3"
    ;;
  stop)
    status=0
    "$here/s3.sh" stop "$folder/s3" || status=1
    "$here/temporal.sh" stop "$folder/temporal" || status=1
    exit "$status"
    ;;
  *)
    echo "usage: dev.sh start [FOLDER] | env [FOLDER] | stop [FOLDER]" >&2
    exit 1
    ;;
esac
