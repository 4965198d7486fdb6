#!/usr/bin/env bash
# Makes NuGet packages in out/packages: the gateway as a .NET tool, Socks64Actors.Gateway, and the managed Socks Lib, Socks64Actors.SocksLib,
# with Socks64Actors.Protocol, which it needs. Installs the tool into a folder of its own and runs it, and builds the library's sample on the
# package.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
need_sdk

scripts/build-preload.sh || say "the tool will have no socksify"
say "packing"
rm -rf out/packages
# Apart from the other builds, whose restores differ.
for project in Gateway.Node Gateway.Protocol SocksLib; do
  dotnet pack $project/$project.csproj -c Release -v quiet -nologo -o "$PWD/out/packages" \
    -p:ArtifactsPath="$PWD/artifacts/tool" -p:DebugType=embedded "$@"
done

trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
say "installing the tool for a trial"
# With a package folder of its own, where an earlier package of the same version cannot stand in for this one.
export NUGET_PACKAGES=$trial/packages
dotnet tool install Socks64Actors.Gateway --tool-path "$trial/tool" --source "$PWD/out/packages" >"$trial/log" ||
  { cat "$trial/log" >&2; exit 1; }
"$trial/tool/socks64" --help >"$trial/help"
grep -q 'socks64 \[command\]' "$trial/help"
"$trial/tool/socks64" check
say "building the sample on the library's package"
mkdir "$trial/sample"
cp Samples/SocksLib.Sample/*.cs "$trial/sample"
version=$("$trial/tool/socks64" --version)
cat >"$trial/sample/sample.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Socks64Actors.SocksLib" Version="$version" /></ItemGroup>
</Project>
END
dotnet build "$trial/sample" -v quiet -nologo --source "$PWD/out/packages" -o "$trial/sample/out" >>"$trial/log" || { cat "$trial/log" >&2; exit 1; }
status=0
"$trial/sample/out/sample" 2>"$trial/help" || status=$?
[ $status -eq 64 ] && grep -q 'resolve NAME' "$trial/help"
say "done: $(ls out/packages/*.nupkg), version $version"
