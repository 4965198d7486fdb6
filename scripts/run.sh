#!/usr/bin/env bash
# Runs the gateway on 127.0.0.1:1080 and [::1]:1080, or as the arguments say: scripts/run.sh -c hocon/users.conf
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/scripts/lib.sh"

newest_source() {
  find "$here" -path "$here/artifacts" -prune -o -path "$here/out" -prune -o -path "$here/Tests" -prune -o \
    \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' \) -newer "$here/out/socks64" -print -quit
}
if [ ! -x "$here/out/socks64" ] || [ -n "$(newest_source)" ]; then
  "$here/scripts/build.sh"
fi
say "starting out/socks64 $*; Ctrl+C ends it" >&2
exec "$here/out/socks64" "$@"
