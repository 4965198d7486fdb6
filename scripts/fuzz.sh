#!/usr/bin/env bash
# Runs every parser of Gateway.Protocol against random and mutated input.
#   scripts/fuzz.sh [INPUTS [SEED]]      defaults: ten million inputs, a seed of the day
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk

export SOCKS64_FUZZ_INPUTS=${1:-10000000} SOCKS64_FUZZ_SEED=${2:-$(date +%Y%m%d)}
say "fuzzing with $SOCKS64_FUZZ_INPUTS inputs, seed $SOCKS64_FUZZ_SEED"
dotnet test Tests/Gateway.Protocol.Tests -c Release -nologo -v quiet \
  --filter FullyQualifiedName~Gateway.Protocol.Tests.Fuzz --logger "console;verbosity=normal"
