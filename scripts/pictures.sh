#!/usr/bin/env bash
# Makes docs/pictures/ anew, out of the dashboard of a real cluster with traffic. Takes about two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk
install_packages "the browser, and what makes its pictures small" chromium pngquant
command -v chromium >/dev/null && command -v pngquant >/dev/null || { echo "chromium and pngquant are needed" >&2; exit 69; }

say "building"
dotnet build Tests/EndToEnd.Tests -v quiet -nologo
say "taking pictures"
mkdir -p docs/pictures
SOCKS64_PICTURES=$PWD/docs/pictures dotnet test Tests/EndToEnd.Tests --no-build -nologo -v quiet --filter FullyQualifiedName~PicturesTests
pngquant --force --strip --speed 1 --ext .png docs/pictures/*.png
ls -l docs/pictures
