# Addresses, and as root the networks that have them: every host is a namespace with one interface per network, named as the network.
# All networks are bridges in one more namespace, the switch, so nothing outside the lab's namespaces is touched, but for loopback addresses at
# which this machine finds the nodes' operator's doors.

namespace_of() { echo "s64-$lab-$1"; }
switch() { namespace_of net.switch; }

# address HOST NETWORK: where the host is on that network.
address() {
  case $mode-${family[$2]} in
    namespaces-ipv4) echo "10.64.${number[$2]}.${number[$1]}" ;;
    namespaces-ipv6) echo "fd64:0:0:${number[$2]}::${number[$1]}" ;;
    loopback-ipv4) echo "127.64.$slot.${number[$1]}" ;;
    loopback-ipv6) echo "::1" ;;
  esac
}

# endpoint HOST NETWORK USE: "10.64.1.1:1080". IPv6 has one loopback address, so there the port tells the hosts apart.
endpoint() {
  local host
  host=$(address "$1" "$2")
  [[ $host != *:* ]] || host="[$host]"
  case $mode-$3 in
    *-socks) port=1080 ;; *-remoting) port=4053 ;; namespaces-web) port=80 ;; loopback-web) port=8080 ;;
  esac
  if [ "$host" = "[::1]" ]; then
    port=$((10000 + slot * 64 + number[$1]))
    [ "$3" != remoting ] || port=$((port + 32))
  fi
  echo "$host:$port"
}

# door NODE: where the operator of this machine asks it, the same without namespaces and, through scripts/lab/doors.py, with them.
door() { echo "127.64.$slot.${number[$1]}:8558"; }

# door_at_home NODE: where it listens for that, with its own namespace's loopback address if it has one.
door_at_home() {
  if [ "$mode" = loopback ]; then door "$1"
  elif [[ " $(families_of "$1") " == *ipv4* ]]; then echo 127.0.0.1:8558
  else echo "[::1]:8558"; fi
}

# free_slot: a number for loopback addresses at which nobody listens, from one that name and user give.
free_slot() {
  local start try
  start=$(printf '%s' "$(id -u)$lab" | cksum | cut -d' ' -f1)
  for ((try = 0; try < 250; try++)); do
    slot=$(((start + try) % 250 + 1))
    # Addresses in /proc/net/tcp are little-endian: 127.64.1.2 is 0201407F; 0A is LISTEN.
    if ! grep -qE "^ *[0-9]+: [0-9A-F]{2}$(printf '%02X' "$slot")407F:[0-9A-F]+ [0-9A-F:]+ 0A" /proc/net/tcp; then return; fi
  done
  die "no free loopback addresses"
}

can_make_namespaces() {
  local probe
  command -v ip >/dev/null || { why="ip (iproute2) is not installed"; return 1; }
  [ "$(id -u)" -eq 0 ] || { why="not root"; return 1; }
  probe=$(namespace_of probe)
  why=$(ip netns add "$probe" 2>&1 && ip -n "$probe" link add bridge type bridge 2>&1) || { ip netns del "$probe" 2>/dev/null; return 1; }
  ip netns del "$probe"
}

# make_namespaces: the switch, then every host with its links and addresses.
make_namespaces() {
  local host network
  for host in net.switch "${hosts[@]}"; do
    [ ! -e "/run/netns/$(namespace_of "$host")" ] || die "the namespace $(namespace_of "$host") exists already, and is not of this lab"
  done
  add_namespace net.switch
  for network in "${networks[@]}"; do
    printf 'link add %s address %s type bridge mcast_snooping 0\nlink set %s up\n' "$network" "$(void "$network")" "$network"
  done | ip -n "$(switch)" -batch -
  for host in "${hosts[@]}"; do make_host "$host"; done
}

# Recorded before it is made, so that down finds it whatever happens in between.
add_namespace() {
  local ns
  ns=$(namespace_of "$1")
  echo "$ns" >>"$state/namespaces"
  ip netns add "$ns"
  ip netns exec "$ns" sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 \
    net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
}

make_host() {
  local host=$1 network ns with6='' with4=''
  ns=$(namespace_of "$host")
  add_namespace "$host"
  for network in ${networks_of[$host]}; do
    printf 'link add %s type veth peer name %s netns %s\nlink set %s master %s up\n' \
      "$host-$network" "$network" "$ns" "$host-$network" "$network"
  done | ip -n "$(switch)" -batch -
  for network in ${networks_of[$host]}; do
    if [ "${family[$network]}" = ipv6 ]; then with6+="net.ipv6.conf.$network.disable_ipv6=0 "; else with4=yes; fi
  done
  # shellcheck disable=SC2086 # a list
  [ -z "$with6" ] || ip netns exec "$ns" sysctl -qw net.ipv6.conf.lo.disable_ipv6=0 $with6
  {
    echo "link set lo up"
    for network in ${networks_of[$host]}; do
      echo "link set $network up"
      if [ "${family[$network]}" = ipv4 ]; then echo "addr add $(address "$host" "$network")/24 dev $network"
      else echo "addr add $(address "$host" "$network")/64 dev $network nodad"; fi
    done
    [ -n "$with4" ] || echo "addr del 127.0.0.1/8 dev lo"
  } | ip -n "$ns" -batch -
  write_names "$host"
}

# write_names HOST: what "ip netns exec" puts in the place of /etc/hosts and /etc/resolv.conf: the destinations beside it, and nobody to ask.
write_names() {
  local folder other network
  folder=/etc/netns/$(namespace_of "$1")
  mkdir -p "$folder"
  echo "# no name server in this namespace" >"$folder/resolv.conf"
  {
    echo "127.0.0.1 localhost"
    for other in $(of_kind destination); do
      for network in ${networks_of[$other]}; do
        if [ -n "${domain[$other]:-}" ] && is_on "$1" "$network"; then echo "$(address "$other" "$network") ${domain[$other]}"; fi
      done
    done
  } >"$folder/hosts"
}

# void NETWORK: the bridge's own hardware address. What is sent there ends in the switch, which has no addresses and answers nothing.
void() { printf '02:64:00:00:00:%02x' "${number[$1]}"; }

# set_pair cut|heal A B: on every network that both are on, each takes the void for the other, or learns again where it is.
set_pair() {
  local network from to
  for network in ${networks_of[$2]}; do
    is_on "$3" "$network" || continue
    for pair in "$2 $3" "$3 $2"; do
      read -r from to <<<"$pair"
      if [ "$1" = cut ]; then
        ip -n "$(namespace_of "$from")" neigh replace "$(address "$to" "$network")" lladdr "$(void "$network")" dev "$network" nud permanent
      else
        ip -n "$(namespace_of "$from")" neigh del "$(address "$to" "$network")" dev "$network"
      fi
    done
  done
}

# remove_namespaces: those this lab recorded. A namespace goes when its last process has ended.
remove_namespaces() {
  local ns
  [ -e "$state/namespaces" ] || return 0
  while read -r ns; do
    [ ! -e "/run/netns/$ns" ] || ip netns del "$ns" || return 1
    rm -rf "/etc/netns/${ns:?}"
  done <"$state/namespaces"
}
