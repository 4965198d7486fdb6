# The commands of scripts/lab.sh.

lab_up() {
  source=$root/hocon/lab.conf mode=
  while [ $# -gt 0 ]; do
    case $1 in
      -c|--config) [ $# -ge 2 ] || wrong_usage "$1 needs a file"; source=$2; shift 2 ;;
      --loopback) mode=loopback; shift ;;
      *) wrong_usage "unknown option $1" ;;
    esac
  done
  [ -r "$source" ] || die "$source cannot be read"
  source=$(realpath "$source")
  [[ $source != *[\"\\]* ]] || die "$source: the path must be without quotes and backslashes"
  local why
  [ -n "$mode" ] || if can_make_namespaces; then mode=namespaces; else
    say "on loopback, for namespaces cannot be made: $why"
    mode=loopback
  fi
  command -v python3 >/dev/null || die "python3 is not installed; the destinations are written in it"
  gateway=${SOCKS64:-$root/out/socks64}
  [ -n "${SOCKS64:-}" ] || build_when_needed
  free_slot

  claim_state "$mode" "$slot" "$gateway" "$source"
  trap 'say "taking $lab down again" >&2; clear_away' EXIT
  trap 'exit 1' INT TERM
  "$gateway" values lab -c "$source" >"$state/description" || exit
  read_description "$state/description" || exit
  write_all_settings || exit
  [ $mode = loopback ] || make_namespaces
  local host others
  others=$(of_kind destination; of_kind node)
  for host in $others; do start "$host"; done
  if [ $mode = namespaces ]; then start_doors; others+=' net.doors'; fi
  # shellcheck disable=SC2086 # a list
  await_ready $others || exit
  trap - EXIT
  say "$lab is up"
  table
  echo
  examples | tee "$state/examples"
  operator_examples
  try_examples
}

lab_status() { no_more "$@"; load_state; table; }

lab_kill() { each_living "$@"; for node in $nodes; do signal KILL "$node"; done; await dead $nodes; }

lab_pause() { each_living "$@"; for node in $nodes; do signal STOP "$node"; done; await paused $nodes; }

lab_resume() { each_living "$@"; for node in $nodes; do signal CONT "$node"; done; await running $nodes; }

lab_restart() {
  each_node "$@"
  finish $nodes
  for node in $nodes; do start "$node"; done
  await_ready $nodes
}

lab_cut() {
  [ $# -eq 2 ] || wrong_usage "cut needs two sides, each a host or several: cut e1,r1 r2,x1"
  load_state
  [ "$mode" = namespaces ] || die "$lab is on loopback addresses, which nothing can cut; namespaces need root"
  local from=${1//,/ } to=${2//,/ } a b
  # shellcheck disable=SC2086 # lists
  need_hosts host $from $to
  for a in $from; do for b in $to; do [ "$a" != "$b" ] || die "$a is on both sides"; done; done
  for a in $from; do
    for b in $to; do
      echo "$a $b" >>"$state/cuts"
      set_pair cut "$a" "$b"
    done
  done
}

lab_heal() {
  no_more "$@"
  load_state
  [ -e "$state/cuts" ] || return 0
  local a b
  while read -r a b; do set_pair heal "$a" "$b"; done < <(pairs)
  rm "$state/cuts"
}

lab_down() {
  no_more "$@"
  [ -d "$state" ] || die "$lab is not up (no $state)"
  clear_away
}

# clear_away: all that up made, as far as it came.
clear_away() {
  local file left=()
  for file in "$state"/*.pid; do [ ! -e "$file" ] || left+=("$(basename "$file" .pid)"); done
  finish "${left[@]}"
  remove_namespaces
  rm -rf "${state:?}"
}

no_more() { [ $# -eq 0 ] || wrong_usage "$command takes no more words"; }

# each_node NODE…: the lab is up and has them; $nodes are they, each once.
each_node() {
  [ $# -gt 0 ] || wrong_usage "$command needs a node"
  load_state
  need_hosts node "$@"
  nodes=$(printf '%s\n' "$@" | awk '!seen[$0]++')
}

# each_living NODE…: and none is dead, so that nothing is done to some of them only.
each_living() {
  each_node "$@"
  for node in $nodes; do pid_of "$node" >/dev/null || die "$node is dead"; done
}

# await STATE NODE…: a signal is sent at once and works a little later.
await() {
  local wanted=$1 node deadline=$((SECONDS + 10))
  shift
  for node in "$@"; do
    while [ "$(state_of "$node")" != "$wanted" ]; do
      [ $SECONDS -lt $deadline ] || die "$node is $(state_of "$node")"
      sleep 0.02
    done
  done
}

# pairs: what is cut, each two hosts once.
pairs() { while read -r a b; do if [[ $a < $b ]]; then echo "$a $b"; else echo "$b $a"; fi; done <"$state/cuts" | sort -u; }

table() {
  local row='%-6s %-9s %-10s %-28s %-8s %-8s %s\n' host network where first
  # shellcheck disable=SC2059 # a format
  printf "$row" HOST STATE FAMILIES SERVES ROLES PID CLIENTS
  for host in "${hosts[@]}"; do
    if [ "${kind[$host]}" = client ]; then
      printf "$row" "$host" - "$(families_of "$host")" - client - -
      continue
    fi
    where=$(for network in ${listens_on[$host]}; do endpoint "$host" "$network" socks; done | sort -u)
    [ -n "$where" ] || where=$(for network in ${networks_of[$host]}; do endpoint "$host" "$network" web; done | sort -u)
    first=$(head -n1 <<<"$where")
    printf "$row" "$host" "$(state_of "$host")" "$(families_of "$host")" "$first" "$(roles_of "$host")" "$(pid_of "$host" || echo -)" "$(connected "$host" $where)"
    tail -n +2 <<<"$where" | while read -r where; do printf "$row" '' '' '' "$where" '' '' ''; done
  done
  [ ! -e "$state/cuts" ] || pairs | while read -r where; do echo "cut: ${where/ / | }"; done
  echo "operator's doors: $(for host in $(of_kind node); do echo "$host $(door "$host")"; done | paste -sd, | sed 's/,/, /g')"
  echo "$mode; settings and logs in $state"
}

roles_of() { if [ "${kind[$1]}" = node ]; then list ${roles[$1]}; else echo "${kind[$1]}" | cut -c1-4; fi; }

# connected HOST ENDPOINT…: TCP connections that clients and members hold to it.
connected() {
  local pid endpoint local=() host=$1
  shift
  pid=$(pid_of "$host") || { echo -; return; }
  for endpoint in "$@"; do local+=("$(hexadecimal "$endpoint")"); done
  # Field 2 is the local address, field 4 the state: 01 is ESTABLISHED, 08 CLOSE_WAIT.
  cat "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6" 2>/dev/null |
    awk -v ends="${local[*]}" 'BEGIN { n = split(ends, end, " ") }
      $4 == "01" || $4 == "08" { for (i = 1; i <= n; i++) if (substr($2, length($2) - length(end[i]) + 1) == end[i]) count++ }
      END { print count + 0 }'
}

# hexadecimal ENDPOINT: how a local address in /proc/net/tcp ends; of IPv6 addresses only the port, which tells hosts apart.
hexadecimal() {
  local port=${1##*:} o
  IFS=. read -ra o <<<"${1%:*}"
  if [ ${#o[@]} -eq 4 ]; then printf '%02X%02X%02X%02X:%04X' "${o[3]}" "${o[2]}" "${o[1]}" "${o[0]}" "$port"; else printf ':%04X' "$port"; fi
}

# examples: commands that work at once, from every client, or from here.
examples() {
  local node network destination url client from
  for node in $(of_kind node); do
    for network in ${listens_on[$node]}; do
      for client in $(of_kind client); do
        ! is_on "$client" "$network" || example "$client" "$node" "$network"
      done
    done
  done
}

# operator_examples: how the operator looks at the lab; any node tells of all others.
operator_examples() {
  local nodes
  nodes=$(of_kind node)
  set -- $nodes
  cat <<TEXT

dashboard: http://$(door "$1")/
export SOCKS64_ADMIN=$(door "$1")
$gateway status
$gateway top
TEXT
}

# try_examples: until each works, because a cluster needs a moment to form; a lab in which one does not work stays up, to be looked at.
try_examples() {
  local line deadline=$((SECONDS + 60))
  command -v curl >/dev/null || return 0
  while read -r line; do
    until $line --silent --output /dev/null --max-time 10 </dev/null; do
      [ $SECONDS -lt $deadline ] || { say "does not work: $line" >&2; break; }
      sleep 0.2
    done
  done <"$state/examples"
}

example() {
  local client=$1 node=$2 network=$3 destination there
  for destination in $(of_kind destination); do
    for there in ${networks_of[$destination]}; do
      there=$(endpoint "$destination" "$there" web)
      if [ "$mode" = namespaces ]; then
        echo "ip netns exec $(namespace_of "$client") curl --socks5-hostname $(endpoint "$node" "$network" socks) http://${domain[$destination]:-$there}/"
      else
        echo "curl --socks5 $(endpoint "$node" "$network" socks) http://$there/"
      fi
    done
  done
}
