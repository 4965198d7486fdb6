# What a lab that is up has left in its folder: the description as it was read, each node's settings, log and process.
# The folder is the lab: who makes it has the name, and down removes it last.

locate_state() {
  state=${XDG_RUNTIME_DIR:-/tmp}/socks64-lab-$(id -u)-$lab
  [ ! -e "$state" ] || [ -O "$state" ] || die "$state belongs to somebody else"
}

# claim_state MODE SLOT GATEWAY FILE: takes the name.
claim_state() {
  (umask 077 && mkdir "$state") 2>/dev/null || die "$lab is up already, or was left behind: $state; scripts/lab.sh -n $lab down removes it"
  printf '%s\n' "$1" "$2" "$3" "$4" >"$state/lab"
}

# load_state: the description and how it was brought up; fails when the lab is not up.
load_state() {
  [ -d "$state" ] || die "$lab is not up (no $state); scripts/lab.sh -n $lab up"
  [ -s "$state/lab" ] && [ -s "$state/description" ] || die "$lab did not come up; scripts/lab.sh -n $lab down clears it away"
  { read -r mode; read -r slot; read -r gateway; read -r source; } <"$state/lab"
  read_description "$state/description"
}

# need_hosts KIND NAME…: every name is that of a host; KIND "host" means any.
need_hosts() {
  local wanted=$1 name
  shift
  for name in "$@"; do
    [ -n "${kind[$name]:-}" ] || die "there is no $wanted \"$name\" in $lab; there are: ${hosts[*]}"
    [ "$wanted" = host ] || [ "${kind[$name]}" = "$wanted" ] || die "$name is a ${kind[$name]}, not a $wanted"
  done
}
