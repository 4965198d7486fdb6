#!/usr/bin/env bash
# Kills, stops and cuts off relays and exits of the lab at random moments while clients come and go, and measures what they notice. Fails when
# a new connection fails, a transfer is lost that did not run through the node, or anything stays behind. Then the same of a cluster that falls
# apart, and of one that loses either of two nodes. Needs root, for network namespaces.
#   scripts/test-killing.sh [EVENTS [RATE [TRANSFERS]]]      default: 100 events, 200 new connections a second, 100 transfers
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk
[ "$(id -u)" -eq 0 ] || { echo "needs root, for network namespaces" >&2; exit 77; }
root=$PWD

build_when_needed
say "building the load"
dotnet build Bench/Gateway.Bench/Gateway.Bench.csproj -c Release -v quiet -nologo
ulimit -n "$(ulimit -Hn)"
status=0
artifacts/embedded/bin/Gateway.Bench/release/Gateway.Bench killing --events="${1:-100}" --rate="${2:-200}" --transfers="${3:-100}" || status=$?
[ $status -lt 128 ] || exit $status
artifacts/embedded/bin/Gateway.Bench/release/Gateway.Bench partition || status=1
exit $status
