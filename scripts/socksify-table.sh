#!/usr/bin/env bash
# Runs a list of unmodified programs under socks64 socksify and under other socksifiers, all in the same network
# namespaces and through the same gateway, and prints the table of docs/socksify.md. Needs root; what is not installed
# is marked so. The programs' host has IPv4 only; six.test has IPv6 only, four.test IPv4 only.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
[ "$(id -u)" -eq 0 ] || { echo "needs root, for network namespaces" >&2; exit 77; }
socks64=${SOCKS64:-$PWD/out/socks64}
[ -x "$socks64" ] && [ -e "$(dirname "$socks64")/libsocks64.so" ] || { echo "run scripts/build.sh first" >&2; exit 69; }

work=$(mktemp -d)
chmod 755 "$work"
client=s64t-c gateway=s64t-g far=s64t-d
pids=()
finish() {
  kill "${pids[@]}" 2>/dev/null
  wait 2>/dev/null
  for name in $client $gateway $far; do ip netns del $name 2>/dev/null; done
  rm -rf "$work"
}
trap finish EXIT
background() { "$@" >>"$work/log" 2>&1 & pids+=($!); }

for name in $client $gateway $far; do
  ip netns add $name
  ip -n $name link set lo up
done
ip link add up0 netns $client type veth peer name down0 netns $gateway
ip link add up0 netns $gateway type veth peer name down0 netns $far
address() { ip -n "$1" addr add "$2" dev "$3" nodad 2>/dev/null || ip -n "$1" addr add "$2" dev "$3"; ip -n "$1" link set "$3" up; }
address $client 10.64.1.2/24 up0
address $gateway 10.64.1.1/24 down0
for pair in "10.64.2.1/24 10.64.2.9/24" "fd64:9::1/64 fd64:9::9/64"; do
  set -- $pair
  address $gateway $1 up0
  address $far $2 down0
done
ip -n $client route add default via 10.64.1.1

cat >"$work/hosts" <<'END'
127.0.0.1 localhost
fd64:9::9 six.test
10.64.2.9 four.test
END
echo "nameserver 10.64.1.1" >"$work/resolv.conf"
cat >"$work/gateway.conf" <<'END'
socks64 {
  listeners = [ { address = "10.64.1.1:1080", auth = [none] } ]
  routes = [ { to = any, via = direct } ]
}
END
in_gateway() { exec ip netns exec $gateway unshare -m sh -c "mount --bind $work/hosts /etc/hosts; exec \"\$@\"" sh "$@"; }
background in_gateway "$socks64" run -c "$work/gateway.conf"

# What is served at the far end, on both families.
at_far() { background ip netns exec $far "$@"; }
mkdir "$work/www" "$work/empty"
echo "carried" | tee "$work/www/index.html" >"$work/www/file.txt"
python=/usr/bin/python3
at_far $python -m http.server -b :: -d "$work/www" 80
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=six.test -addext subjectAltName=DNS:six.test \
  -keyout "$work/tls.key" -out "$work/tls.pem" 2>>"$work/log"
cat >"$work/tls.py" <<END
import functools, http.server, socket, ssl
class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("$work/tls.pem", "$work/tls.key")
server = Server(("::", 443), functools.partial(http.server.SimpleHTTPRequestHandler, directory="$work/www"))
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
END
at_far $python "$work/tls.py"
command -v iperf3 >/dev/null && at_far iperf3 -s
command -v redis-server >/dev/null && at_far redis-server --bind '*' '-::*' --protected-mode no --save ''
command -v dnsmasq >/dev/null && at_far dnsmasq -k -C /dev/null -R -h --pid-file= --address=/name.test/192.0.2.77
if command -v vsftpd >/dev/null; then
  printf '%s\n' background=NO listen=NO listen_ipv6=YES anonymous_enable=YES anon_root="$work/www" no_anon_password=YES port_promiscuous=YES \
    connect_from_port_20=NO secure_chroot_dir="$work/empty" >"$work/vsftpd.conf"
  at_far vsftpd "$work/vsftpd.conf"
fi
if command -v sshd >/dev/null; then
  ssh-keygen -qt ed25519 -N '' -f "$work/host"
  ssh-keygen -qt ed25519 -N '' -f "$work/key"
  mkdir -p /run/sshd
  at_far "$(command -v sshd)" -D -f /dev/null -o HostKey="$work/host" -o AuthorizedKeysFile="$work/key.pub" -o StrictModes=no -o PidFile=none
fi
pg=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
if [ -n "$pg" ]; then
  install -d -o nobody "$work/pg"
  setpriv --reuid nobody --regid nogroup --clear-groups "$pg/initdb" -D "$work/pg" -A trust -U tester >>"$work/log" 2>&1
  echo "host all all all trust" >>"$work/pg/pg_hba.conf"
  background ip netns exec $far setpriv --reuid nobody --regid nogroup --clear-groups "$pg/postgres" -D "$work/pg" -c listen_addresses='*' -k "$work/pg"
fi
git init -q "$work/git" && git -C "$work/git" -c user.name=t -c user.email=t@t commit -q --allow-empty -m carried
git clone -q --bare "$work/git" "$work/www/repo.git" 2>/dev/null && git -C "$work/www/repo.git" update-server-info

# Two programs that know one family and the oldest calls only.
for family in 4 6; do
  cat >"$work/only$family.c" <<END
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int main(int n, char **v)
{
    struct hostent *h = gethostbyname$([ $family = 6 ] && echo 2)(v[n - 1]$([ $family = 6 ] && echo ', AF_INET6'));
    if (!h)
        return 1;
    struct sockaddr_in$([ $family = 6 ] && echo 6) to = {$([ $family = 6 ] && echo '.sin6_family = AF_INET6, .sin6_port' || echo '.sin_family = AF_INET, .sin_port') = htons(80)};
    memcpy($([ $family = 6 ] && echo '&to.sin6_addr' || echo '&to.sin_addr'), h->h_addr, h->h_length);
    int s = socket(h->h_addrtype, SOCK_STREAM, 0);
    char page[999];
    if (connect(s, (struct sockaddr *)&to, sizeof to) || write(s, "GET / HTTP/1.0\r\n\r\n", 18) != 18)
        return 1;
    for (int got; (got = read(s, page, sizeof page)) > 0;)
        fwrite(page, 1, got, stdout);
    return 0;
}
END
  cc -o "$work/only$family" "$work/only$family.c" 2>>"$work/log"
done
cat >"$work/Fetch.java" <<'END'
public class Fetch {
    public static void main(String[] a) throws Exception {
        System.out.write(new java.net.URL("http://six.test/").openStream().readAllBytes());
        System.out.flush();
    }
}
END
command -v javac >/dev/null && javac -d "$work" "$work/Fetch.java" 2>>"$work/log"
mkdir "$work/net" && cat >"$work/net/net.csproj" <<'END'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
END
echo 'System.Console.Write(await new System.Net.Http.HttpClient().GetStringAsync("http://six.test/"));' >"$work/net/net.cs"
dotnet build "$work/net" -v q -nologo -o "$work/net/out" >>"$work/log" 2>&1

# The others, as their manuals say for a SOCKS5 server that resolves names.
printf '%s\n' strict_chain proxy_dns 'remote_dns_subnet 224' '[ProxyList]' 'socks5 10.64.1.1 1080' >"$work/proxychains.conf"
printf '%s\n' 'TorAddress 10.64.1.1' 'TorPort 1080' 'AllowInbound 1' 'AllowOutboundLocalhost 1' >"$work/torsocks.conf"
printf '%s\n' 'local = 10.64.1.0/255.255.255.0' 'server = 10.64.1.1' 'server_type = 5' 'server_port = 1080' >"$work/tsocks.conf"
cat >"$work/dante.conf" <<'END'
resolveprotocol: fake
route {
  from: 0.0.0.0/0 to: 0.0.0.0/0 via: 10.64.1.1 port = 1080
  protocol: tcp udp
  proxyprotocol: socks_v5
  command: bind connect udpassociate
}
END

# The gateway is reached over IPv4, as every one of them can; the environment says which of them stands before a command.
under() {
  local which=$1; shift
  local before=()
  case $which in
    socks64) before=("$socks64" socksify -g 10.64.1.1:1080 --flight --bind --) ;;
    proxychains4) before=(proxychains4 -q -f "$work/proxychains.conf") ;;
    torsocks) before=(env TORSOCKS_CONF_FILE="$work/torsocks.conf" torsocks) ;;
    tsocks) before=(env TSOCKS_CONF_FILE="$work/tsocks.conf" tsocks) ;;
    dante) before=(env SOCKS_CONF="$work/dante.conf" socksify) ;;
  esac
  ip netns exec $client unshare -m sh -c "mount --bind $work/resolv.conf /etc/resolv.conf; exec \"\$@\"" sh \
    timeout 30 "${before[@]}" "$@" 2>"$work/error"
}

installed() { case $1 in socks64) true ;; dante) command -v socksify >/dev/null ;; *) command -v "$1" >/dev/null ;; esac; }

# nc and ftp take the gateway's answer to listen; the caller comes from the far end.
listening() {
  : >"$work/said"
  SOCKS64_LOG=info:$work/said under "$1" nc -l -p 5555 >"$work/heard" &
  local nc=$! port=5555 i
  for i in $(seq 50); do
    sleep 0.1
    port=$(sed -n 's/.*listens at .*:\([0-9]*\)$/\1/p' "$work/said" | head -1)
    echo carried | ip netns exec $far nc -N -w 1 10.64.2.1 "${port:-5555}" 2>/dev/null && break
  done
  wait $nc
  cat "$work/heard"
}

rows=(
  "curl, HTTP, IPv4 literal|curl|curl -sS http://10.64.2.9/"
  "curl, HTTP, a name, IPv6-only server|curl|curl -sS http://six.test/"
  "wget|wget|wget -q -t 1 -O - http://six.test/"
  "OpenSSH|ssh|ssh -F none -i $work/key -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no root@six.test echo carried"
  "git over HTTP|git|sh -c 'git ls-remote http://six.test/repo.git | grep -q HEAD && echo carried'"
  "git over HTTPS|git|sh -c 'GIT_SSL_CAINFO=$work/tls.pem git ls-remote https://six.test/repo.git | grep -q HEAD && echo carried'"
  "psql|psql|psql -h six.test -U tester -d postgres -Atc \"select 'carried'\""
  "redis-cli|redis-cli|redis-cli -h six.test echo carried"
  "python3, http.client|python3|$python -c \"import http.client as h; c=h.HTTPConnection('six.test'); c.request('GET','/'); print(c.getresponse().read())\""
  "python3, asyncio|python3|$python -c \"import asyncio
async def main():
    r, w = await asyncio.open_connection('six.test', 80); w.write(b'GET / HTTP/1.0\r\n\r\n'); print(await r.read())
asyncio.run(main())\""
  "node, fetch|node|node -e \"fetch('http://six.test/').then(r=>r.text()).then(console.log)\""
  "java, java.net.URL|java|java -cp $work Fetch"
  "dotnet, HttpClient|dotnet|dotnet $work/net/out/net.dll"
  "ftp, active, IPv4 server|ftp|sh -c 'printf \"user anonymous x\nget file.txt -\nquit\n\" | ftp -n -A four.test'"
  "ftp, active, IPv6-only server (match)|ftp|env SOCKS64_ANSWER=match sh -c 'printf \"user anonymous x\\npassive off\\nget file.txt -\\nquit\\n\" | ftp -n -A six.test'"
  "curl --ftp-port, IPv6-only server (match)|curl|env SOCKS64_ANSWER=match curl -sS --ftp-port - ftp://six.test/file.txt"
  "python3, ftplib, active, IPv6-only server (match)|python3|env SOCKS64_ANSWER=match $python -c \"import ftplib; f = ftplib.FTP('six.test'); f.login(); f.set_pasv(False); f.retrlines('RETR file.txt')\""
  "lftp, active, IPv4 server|lftp|lftp -c 'set net:max-retries 1; set net:timeout 9; set ftp:passive-mode off; open ftp://four.test; cat file.txt'"
  "dig over UDP|dig|sh -c 'dig +tries=1 +time=5 +short @10.64.2.9 name.test | grep -q 192.0.2.77 && echo carried'"
  "dig over TCP|dig|sh -c 'dig +tcp +tries=1 +time=5 +short @10.64.2.9 name.test | grep -q 192.0.2.77 && echo carried'"
  "dig over UDP, IPv6-only server|dig|sh -c 'dig +tries=1 +time=5 +short @six.test name.test | grep -q 192.0.2.77 && echo carried'"
  "iperf3, TCP|iperf3|sh -c 'iperf3 -c four.test -t 1 | grep -q Done && echo carried'"
  "iperf3, UDP|iperf3|sh -c 'iperf3 -u -c four.test -t 1 | grep -q Done && echo carried'"
  "nc, listening|nc|LISTEN"
  "gethostbyname + AF_INET only → IPv6-only server|cc|$work/only4 six.test"
  "gethostbyname2 + AF_INET6 only → IPv4-only server|cc|$work/only6 four.test"
)

wait_for_servers() {
  local i
  for i in $(seq 100); do
    ip netns exec $client curl -s -o /dev/null -x socks5h://10.64.1.1:1080 http://six.test/ && return
    sleep 0.2
  done
  echo "the gateway did not start" >&2
  tail -5 "$work/log" >&2
  exit 1
}
wait_for_servers

others=(socks64 proxychains4 torsocks tsocks dante)
echo "| program | socks64 socksify | proxychains4 | torsocks | tsocks | dante socksify |"
echo "|---|---|---|---|---|---|"
for row in "${rows[@]}"; do
  what=${row%%|*}; rest=${row#*|}; program=${rest%%|*}; command=${rest#*|}
  line="| $what |"
  for other in "${others[@]}"; do
    if ! command -v "$program" >/dev/null || ! installed $other; then
      line+=" not installed |"
    elif if [ "$command" = LISTEN ]; then listening $other; else eval "under $other $command"; fi </dev/null | grep -q carried; then
      line+=" yes |"
    else
      line+=" no |"
      [ -z "${VERBOSE:-}" ] || sed "s/^/$what, $other: /" "$work/error" | tail -3 >&2
    fi
  done
  echo "$line"
done
