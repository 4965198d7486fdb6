#!/usr/bin/env bash
# Makes a .NET tool of the gateway, out/packages/Socks64Actors.Gateway.VERSION.nupkg, installs it into a folder of its own and runs it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk

scripts/build-preload.sh || say "the tool will have no socksify"
say "packing"
rm -rf out/packages
# Apart from the other builds, whose restores differ.
dotnet pack Gateway.Node/Gateway.Node.csproj -c Release -v quiet -nologo -o "$PWD/out/packages" \
  -p:ArtifactsPath="$PWD/artifacts/tool" -p:DebugType=embedded "$@"

trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
say "installing it for a trial"
# With a package folder of its own, where an earlier package of the same version cannot stand in for this one.
NUGET_PACKAGES=$trial/packages dotnet tool install Socks64Actors.Gateway --tool-path "$trial/tool" --source "$PWD/out/packages" >"$trial/log" ||
  { cat "$trial/log" >&2; exit 1; }
"$trial/tool/socks64" --help >"$trial/help"
grep -q 'socks64 \[command\]' "$trial/help"
"$trial/tool/socks64" check
say "done: $(ls out/packages/*.nupkg), socks64 $("$trial/tool/socks64" --version)"
