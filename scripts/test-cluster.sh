#!/usr/bin/env bash
# Five cluster nodes in five processes: killed, stopped, restarted, leaving, cut off. scripts/test-cluster.sh [ROUNDS, default 20]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk
rounds=${1:-20}
say "building"
dotnet build Tests/Akka.Embedded.Tests/Akka.Embedded.Tests.csproj -v quiet -nologo
say "each scenario $rounds times"
CLUSTER_ROUNDS=$rounds dotnet test Tests/Akka.Embedded.Tests/Akka.Embedded.Tests.csproj --no-build -nologo \
  --filter "FullyQualifiedName~ClusterProcessTests" --logger "console;verbosity=normal"
