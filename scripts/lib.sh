# Shared by the scripts: what each needs from the machine, and how it says what it does.
say() { printf '== %s\n' "$*"; }

need_sdk() {
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 69; }
}

# install_packages WHY NAME…: Debian packages, when root and missing; otherwise says which are missing and goes on.
install_packages() {
  local why=$1 missing=() name; shift
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say "not installed: ${missing[*]} ($why); what needs them is skipped"
    return 0
  fi
  say "installing ${missing[*]} ($why)"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null ||
    say "could not install all of them; what needs them is skipped"
}

# tally DIRECTORY: sums the trx files; prints the closing line; fails when a test failed or none ran.
tally() {
  local passed=0 failed=0 skipped=0 file counters
  for file in "$1"/*.trx; do
    [ -e "$file" ] || continue
    counters=$(grep -o '<Counters [^>]*' "$file" | head -1)
    number() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
    local total executed
    total=$(number total); executed=$(number executed)
    passed=$((passed + $(number passed)))
    failed=$((failed + $(number failed) + $(number error) + $(number timeout) + $(number aborted)))
    skipped=$((skipped + total - executed))
  done
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# build_when_needed: out/socks64, unless it is newer than every source. $root is the repository.
build_when_needed() {
  if [ ! -x "$root/out/socks64" ] || [ -n "$(newest_source)" ]; then "$root/scripts/build.sh"; fi
}

newest_source() {
  find "$root" -path "$root/artifacts" -prune -o -path "$root/out" -prune -o -path "$root/Tests" -prune -o \
    \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' \) -newer "$root/out/socks64" -print -quit
}
