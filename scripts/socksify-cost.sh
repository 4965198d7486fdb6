#!/usr/bin/env bash
# What a program pays for being socksified: system calls, instructions and processor time for each round trip or write
# after connect, as a program that speaks SOCKS5 itself (UDP: goes directly), under socks64 socksify and under dante's, on
# loopback. Prints the table of docs/performance.md. Needs strace and valgrind; what is not installed is marked so. Exit
# code 1 when TCP costs a system call or more than a hundred instructions.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
socks64=${SOCKS64:-$PWD/out/socks64}
[ -x "$socks64" ] && [ -e "$(dirname "$socks64")/libsocks64.so" ] || { echo "run scripts/build.sh first" >&2; exit 69; }
for tool in cc strace valgrind; do command -v $tool >/dev/null || { echo "$tool is not installed" >&2; exit 69; }; done

work=$(mktemp -d)
pids=()
finish() {
  kill "${pids[@]}" 2>/dev/null
  wait 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT
cc -O2 -Wall -o "$work/traffic" Bench/Preload/traffic.c
port=${PORT:-17080} far=${FAR:-17081}
cat >"$work/gateway.conf" <<END
socks64 {
  listeners = [ { address = "127.0.0.1:$port" } ]
  routes = [ { to = any, via = direct } ]
  admin { address = "127.0.0.1:0" }
}
END
"$socks64" run -c "$work/gateway.conf" >"$work/ready" 2>"$work/log" & pids+=($!)
"$work/traffic" serve $far 2>>"$work/log" & pids+=($!)
for _ in $(seq 100); do grep -q READY "$work/ready" && break; sleep 0.1; done
grep -q READY "$work/ready" || { tail -3 "$work/log" >&2; exit 1; }
cat >"$work/dante.conf" <<END
resolveprotocol: fake
route {
  from: 0.0.0.0/0 to: 0.0.0.0/0 via: 127.0.0.1 port = $port
  protocol: tcp udp
  proxyprotocol: socks_v5
  command: connect udpassociate
}
END
dante=$(ls /usr/lib/*/libdsocksd.so.0 /usr/lib/libdsocksd.so.0 2>/dev/null | head -1 || true)
under() {
  local which=$1; shift
  case $which in
    itself) VIA=$port "$@" ;;
    socks64) SOCKS64_GATEWAY=127.0.0.1:$port SOCKS64_DIRECT=none SOCKS64_FLIGHT=on LD_PRELOAD="$(dirname "$socks64")/libsocks64.so" "$@" ;;
    dante) SOCKS_CONF="$work/dante.conf" LD_PRELOAD="$dante" "$@" ;;
  esac
}

# System calls between the two getppid, as "12.00 (read 1.00, write 1.00)"; the tracer is not preloaded.
calls() {
  local which=$1 mode=$2 count=200 preload=(-E VIA=$port)
  case $which in
    socks64) preload=(-E SOCKS64_GATEWAY=127.0.0.1:$port -E SOCKS64_DIRECT=none -E SOCKS64_FLIGHT=on -E LD_PRELOAD="$(dirname "$socks64")/libsocks64.so") ;;
    dante) preload=(-E SOCKS_CONF="$work/dante.conf" -E LD_PRELOAD="$dante") ;;
  esac
  strace -f -o "$work/calls" "${preload[@]}" "$work/traffic" "$mode" 127.0.0.1 $far $count >/dev/null
  awk -v n=$count '{ sub(/^[0-9]+ +/, "") } /^getppid/ { inside = !inside; next }
    inside && match($0, /^[a-z0-9_]+\(/) { name = substr($0, 1, RLENGTH - 1); if (name != "getrusage") { seen[name]++; all++ } }
    END { for (name in seen) { names[++i] = name }
      for (a = 1; a <= i; a++) for (b = a + 1; b <= i; b++) if (names[b] < names[a]) { t = names[a]; names[a] = names[b]; names[b] = t }
      printf "%.2f (", all / n; for (a = 1; a <= i; a++) printf "%s%s %.2f", (a > 1 ? ", " : ""), names[a], seen[names[a]] / n; print ")" }' "$work/calls"
}

# Instructions of the program and its libraries for each turn: the difference between a long and a short run.
instructions() {
  local which=$1 mode=$2 total=() count
  for count in 1000 3000; do
    under "$which" valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/traffic" "$mode" 127.0.0.1 $far $count 2>"$work/valgrind" >/dev/null
    total+=("$(sed -n 's/.*Collected : //p' "$work/valgrind" | head -1)")
  done
  echo $(((total[1] - total[0]) / 2000))
}

# The least of five, in microseconds for each turn.
time_of() {
  local which=$1 mode=$2 count=$3
  for _ in 1 2 3 4 5; do under "$which" "$work/traffic" "$mode" 127.0.0.1 $far $count; done | sort -n | awk -v n=$count 'NR == 1 { printf "%.2f", $1 / n }'
}

status=0
echo "| for each | under | system calls | instructions | µs CPU |"
echo "|---|---|---|---|---|"
for row in "TCP round trip, 64 octets|tcp-ping|20000" "TCP write, 64 KiB|tcp-bulk|20000" "UDP round trip, 64 octets|udp-ping|20000"; do
  what=${row%%|*}; rest=${row#*|}; mode=${rest%%|*}; count=${rest#*|}
  for which in itself socks64 dante; do
    [ $which != dante ] || [ -n "$dante" ] || { echo "| $what | dante | not installed | | |"; continue; }
    made=$(calls $which $mode) cost=$(instructions $which $mode)
    echo "| $what | $which | $made | $cost | $(time_of $which $mode $count) |"
    case $mode-$which in
      tcp-*-itself) plain=$made least=$cost ;;
      tcp-*-socks64) [ "$made" = "$plain" ] && [ $((cost - least)) -le 100 ] || status=1 ;;
    esac
  done
done
exit $status
