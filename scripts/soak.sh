#!/usr/bin/env bash
# The gateway under load for a while: 9,000 idle connections, then all kinds of traffic in which clients and destinations are killed at
# random, and garbage. Fails when a request fails that nobody killed, or when descriptors, memory or sessions stay behind.
#   scripts/soak.sh [MINUTES]      default: 20
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk
minutes=${1:-20}

scripts/build.sh
say "building the load"
dotnet build Bench/Gateway.Bench/Gateway.Bench.csproj -c Release -v quiet -nologo
ulimit -n "$(ulimit -Hn)"
say "$minutes minutes of traffic after 9,000 idle connections"
exec artifacts/embedded/bin/Gateway.Bench/release/Gateway.Bench soak "$minutes"
