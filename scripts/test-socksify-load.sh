#!/usr/bin/env bash
# The load tools of web servers, unmodified, under socks64 socksify, on a host with IPv4 only towards nginx with IPv6 only:
# threads, forks, epoll, poll and blocking sockets, with a new connection for each request and with kept ones. Then a storm
# of processes that resolve, connect and fork. Ends with 1 when a request failed. Root, about four minutes.
#   scripts/test-socksify-load.sh [SECONDS EACH]
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
[ "$(id -u)" -eq 0 ] || { echo "needs root, for network namespaces" >&2; exit 77; }
install_packages "load tools" nginx-light wrk apache2-utils siege nghttp2-client openssl python3-minimal
socks64=${SOCKS64:-$PWD/out/socks64}
[ -x "$socks64" ] && [ -e "$(dirname "$socks64")/libsocks64.so" ] || { echo "run scripts/build.sh first" >&2; exit 69; }
seconds=${1:-30}

work=$(mktemp -d)
chmod 755 "$work"
host=s64load-c far=s64load-g
pids=()
finish() {
  kill "${pids[@]}" 2>/dev/null
  wait 2>/dev/null
  for name in $host $far; do ip netns del $name 2>/dev/null; done
  rm -rf "$work"
}
trap finish EXIT
for name in $host $far; do ip netns add $name; ip -n $name link set lo up; done
ip link add up0 netns $host type veth peer name up0 netns $far
for pair in "$host 10.64.1.2/24" "$far 10.64.1.1/24"; do
  set -- $pair
  ip -n $1 addr add $2 dev up0
  ip -n $1 link set up0 up
done
ip -n $far addr add fd64:9::9/128 dev lo

echo "fd64:9::9 six.test" >"$work/hosts"
echo carried >"$work/index.html"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=six.test -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
cat >"$work/nginx.conf" <<END
daemon off; pid $work/nginx.pid; error_log $work/log; worker_rlimit_nofile 65536;
events { worker_connections 16384; }
http {
  access_log off; root $work; keepalive_requests 1000000;
  server { listen [fd64:9::9]:80; listen [fd64:9::9]:443 ssl http2; ssl_certificate $work/tls.pem; ssl_certificate_key $work/tls.key; }
}
END
cat >"$work/gateway.conf" <<END
socks64 {
  listeners = [ { address = "10.64.1.1:1080", auth = [none] } ]
  routes = [ { to = any, via = direct } ]
  admin { address = "127.0.0.1:0" }
}
END
ulimit -n "$(ulimit -Hn)"
ip netns exec $far nginx -c "$work/nginx.conf" 2>>"$work/log" & pids+=($!)
ip netns exec $far unshare -m sh -c "mount --bind $work/hosts /etc/hosts; exec \"\$@\"" sh "$socks64" run -c "$work/gateway.conf" >"$work/ready" 2>>"$work/log" & pids+=($!)
for _ in $(seq 100); do grep -q READY "$work/ready" && break; sleep 0.1; done

under() { HOME=$work ip netns exec $host "$socks64" socksify -g 10.64.1.1:1080 --flight -- "$@" >"$work/out" 2>&1; }
status=0
# run NAME SUCCESS COMMAND…: SUCCESS must be said, and nothing of "errors".
run() {
  local name=$1 success=$2; shift 2
  if under timeout $((seconds * 4 + 60)) "$@" && grep -qE "$success" "$work/out" && ! grep -qE 'Socket errors|Non-2xx|unable to connect' "$work/out"; then
    echo "$name: $(grep -oE "$success" "$work/out" | tail -1 | tr -s ' \t' ' ')"
  else
    echo "$name: FAILED"
    tail -15 "$work/out"
    status=1
  fi
}
requests=$((seconds * 1000))
run "wrk, 4 threads, 1000 kept connections" '[0-9]+ requests in' wrk -t 4 -c 1000 -d $seconds http://six.test/
run "wrk, 4 threads, 200 connections, each for one request" '[0-9]+ requests in' wrk -t 4 -c 200 -d $seconds -H 'Connection: close' http://six.test/
run "ab, 200 connections, each for one request" 'Failed requests: +0$' ab -q -n $requests -c 200 http://six.test/
run "ab, 200 kept connections" 'Failed requests: +0$' ab -q -k -n $((requests * 4)) -c 200 http://six.test/
run "siege, 100 threads" 'failed_transactions":[[:space:]]+0,' siege -b -c 100 -t ${seconds}S --no-parser http://six.test/
run "h2load, 2 threads, 200 connections of HTTP/2 over TLS" '[0-9]+ succeeded, 0 failed, 0 errored, 0 timeout' h2load -n $((requests * 4)) -c 200 -m 10 -t 2 https://six.test/
run "h2load, HTTP/1.1" '[0-9]+ succeeded, 0 failed, 0 errored, 0 timeout' h2load --h1 -n $((requests * 2)) -c 200 -t 2 http://six.test/
cat >"$work/storm.py" <<END
import multiprocessing, os, socket, sys, threading, time
end = time.monotonic() + $seconds
def fetch(name):
    with socket.create_connection((name, 80), 60) as s:
        s.sendall(b"GET / HTTP/1.0\r\nHost: x\r\n\r\n")
        return s.makefile("rb").read().endswith(b"carried\n")
def one(i, counts):
    done = failed = 0
    while time.monotonic() < end:
        socket.getaddrinfo(f"storm-{i}-{done}.test", 80)
        ok = fetch("six.test")
        if done % 20 == 0:
            child = os.fork()
            if child == 0:
                os._exit(0 if fetch("six.test") else 1)
            ok = ok and os.waitpid(child, 0)[1] == 0
        done, failed = done + 1, failed + (not ok)
    counts.append((done, failed))
def process(_):
    counts = []
    threads = [threading.Thread(target=one, args=(i, counts)) for i in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return sum(d for d, _ in counts), sum(f for _, f in counts)
with multiprocessing.get_context("fork").Pool(8) as pool:
    results = pool.map(process, range(8), chunksize=1)
print(f"{sum(d for d, _ in results)} fetches, {sum(f for _, f in results)} failed, {len(results)} processes")
END
run "a storm of 64 threads in 8 processes that resolve, connect and fork" '[0-9]+ fetches, 0 failed, 8 processes' /usr/bin/python3 "$work/storm.py"
exit $status
