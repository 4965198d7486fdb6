#!/usr/bin/env bash
# Runs the gateway on 127.0.0.1:1080 and [::1]:1080, or as the arguments say: scripts/run.sh -c hocon/users.conf
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib.sh"

build_when_needed
say "starting out/socks64 $*; Ctrl+C ends it" >&2
exec "$root/out/socks64" "$@"
