#!/usr/bin/env bash
# Builds the gateway for use: out/socks64, one file that needs the .NET 10 runtime and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk

# Apart from the debug builds, whose restore has no runtime in it.
publish() {
  dotnet publish Gateway.Node/Gateway.Node.csproj -c Release -v quiet -nologo -o out/.new \
    -p:UseCurrentRuntimeIdentifier=true -p:ArtifactsPath="$PWD/artifacts/release" -p:DebugType=embedded "$@"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

say "building out/socks64"
rm -rf out/.new
if ! publish -p:PublishReadyToRun=true "$@" >"$log" 2>&1; then
  say "without ahead-of-time code: $(grep -m1 -o 'error .*' "$log" || echo unknown)"
  publish "$@"
fi
[ "$(ls out/.new)" = socks64 ] || { say "more than one file was published: $(ls out/.new | tr '\n' ' ')"; exit 1; }
# By renaming, so that a gateway that runs from out/ keeps the file it has.
mv -f out/.new/socks64 out/
rmdir out/.new
say "building out/libsocks64.so"
scripts/build-preload.sh || say "socks64 socksify will not work"
say "done: socks64 $(out/socks64 --version)"
