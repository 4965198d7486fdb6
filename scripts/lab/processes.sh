# The processes of a lab. A process is its pid and the time it started, so a pid that somebody else has since got is never signalled.

# started PID: field 22 of /proc/PID/stat, clock ticks after boot; fails when there is no such process or only its remains.
started() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra stat <<<"${stat##*) }"
  [ "${stat[0]}" != Z ] && echo "${stat[19]}"
}

# pid_of HOST: of its living process; fails when there is none.
pid_of() {
  local pid time
  read -r pid time 2>/dev/null <"$state/$1.pid" || return 1
  [ "$(started "$pid")" = "$time" ] && echo "$pid"
}

# state_of HOST: running | starting | paused | dead
state_of() {
  local pid stat
  pid=$(pid_of "$1") && stat=$(cat "/proc/$pid/stat" 2>/dev/null) || { echo dead; return; }
  stat=${stat##*) }
  if [ "${stat%% *}" = T ]; then echo paused
  elif grep -q '^READY' "$state/$1.out"; then echo running
  else echo starting; fi
}

# start HOST: the gateway or the web server on it. It outlives this script and its terminal.
start() {
  local host=$1 run=() pid network
  if [ "$mode" = namespaces ]; then run=(ip netns exec "$(namespace_of "$host")"); fi
  if [ "${kind[$host]}" = node ]; then
    run+=("$gateway" run -c "$state/$host.conf")
  else
    run+=(python3 "$root/scripts/lab/destination.py" "$host")
    for network in ${networks_of[$host]}; do run+=("$(endpoint "$host" "$network" web)"); done
  fi
  : >"$state/$host.out"
  setsid "${run[@]}" </dev/null >"$state/$host.out" 2>>"$state/$host.log" &
  pid=$!
  echo "$pid $(started "$pid")" >"$state/$host.pid"
}

# start_doors: leads from this machine's loopback addresses to the doors of nodes in namespaces.
start_doors() {
  local node doors=()
  for node in $(of_kind node); do doors+=("$(door "$node")" "/run/netns/$(namespace_of "$node")" "$(door_at_home "$node")"); done
  setsid python3 "$root/scripts/lab/doors.py" "${doors[@]}" </dev/null >"$state/net.doors.out" 2>>"$state/net.doors.log" &
  echo "$! $(started $!)" >"$state/net.doors.pid"
}

# await_ready HOST…: until each has said READY; fails with the end of the log of one that does not.
await_ready() {
  local host deadline=$((SECONDS + 60))
  for host in "$@"; do
    while [ "$(state_of "$host")" = starting ] && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
    [ "$(state_of "$host")" = running ] || { echo "lab: $host does not serve ($(state_of "$host")); its log ends with" >&2; tail -n 5 "$state/$host.log" >&2; return 1; }
  done
}

# signal NAME HOST
signal() {
  local pid
  pid=$(pid_of "$2") || die "$2 is dead"
  kill "-$1" "$pid"
}

# finish HOST…: ends their processes, if they live: SIGTERM, and SIGKILL for those who take longer than 5 s.
finish() {
  local host pid deadline=$((SECONDS + 5))
  for host in "$@"; do
    ! pid=$(pid_of "$host") || kill -TERM "$pid" && kill -CONT "$pid" || true
  done 2>/dev/null
  for host in "$@"; do
    while pid=$(pid_of "$host"); do
      [ $SECONDS -lt $deadline ] || kill -KILL "$pid" 2>/dev/null || true
      sleep 0.05
    done
  done
}
