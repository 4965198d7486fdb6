#!/usr/bin/env bash
# Builds out/libsocks64.so with the system's C compiler. Further arguments go to the compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v "${CC:-cc}" >/dev/null; then
  echo "no C compiler: libsocks64.so (socks64 socksify) is not built" >&2
  exit 69
fi
out=${OUT:-out}
mkdir -p "$out"
# A new file takes the old one's place: programs that run under the old one keep it.
"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -fPIC -fvisibility=hidden -fno-strict-aliasing \
  -fstack-protector-strong -fexceptions "$@" -shared -Wl,-z,relro,-z,now,-z,defs,-z,nodelete -o "$out/libsocks64.so.new" \
  SocksLib/preload/*.c -lpthread -ldl
mv "$out/libsocks64.so.new" "$out/libsocks64.so"
echo "$out/libsocks64.so"
