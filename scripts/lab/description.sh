# The description of a lab, out of the lines of "socks64 values lab": FILE:LINE, key and value. Everything wrong with it is said at once.
#   networks, hosts        names in the order of the file
#   family[NETWORK]        ipv4 | ipv6          number[NETWORK], number[HOST]   from 1, the source of addresses
#   kind[HOST]             node | client | destination
#   networks_of[HOST], listens_on[NODE], roles[NODE]   lists with blanks
#   domain[DESTINATION]    the name it has for the nodes beside it
networks=() hosts=() control=
declare -A family=() number=() kind=() networks_of=() listens_on=() roles=() domain=() place=()

# read_description FILE: fills the above; fails after all problems are on standard error.
read_description() {
  local where key value problems=0
  while IFS=$'\t' read -r where key value; do
    read_value "$where" "$key" "$value"
  done <"$1"
  check_description
  [ "$problems" -eq 0 ]
}

problem() { printf '%s: %s\n' "$1" "$2" >&2; problems=$((problems + 1)); }

read_value() {
  local where=$1 key=$2 value=$3 name kind_here rest word='([A-Za-z0-9_-]+|"[^"]*")'
  if [[ $key == lab.control ]]; then
    control=$value place[control]=$where
  elif [[ $key =~ ^lab\.networks\.$word$ ]]; then
    name=${BASH_REMATCH[1]}
    [[ $name =~ ^[a-z][a-z0-9]{0,7}$ ]] || problem "$where" "$key: a network's name has up to 8 small letters and digits"
    [[ $value =~ ^ipv[46]$ ]] || problem "$where" "$key: \"$value\" is not ipv4 or ipv6"
    [ -n "${family[$name]:-}" ] || { networks+=("$name"); number[$name]=${#networks[@]}; }
    family[$name]=$value
  elif [[ $key =~ ^lab\.(node|client|destination)s\.$word\.(.*)$ ]]; then
    kind_here=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]} rest=${BASH_REMATCH[3]}
    add_host "$where" "$kind_here" "$name"
    case $kind_here.${rest%%[*} in
      *.networks) networks_of[$name]+="$value " ;;
      node.roles)
        [[ $value =~ ^[A-Za-z0-9._-]+$ ]] || problem "$where" "$key: \"$value\" is not the name of a role"
        roles[$name]+="$value " ;;
      node.listen) listens_on[$name]+="$value " ;;
      destination.name) domain[$name]=$value ;;
      *) problem "$where" "$key: unknown key" ;;
    esac
  else
    problem "$where" "$key: unknown key"
  fi
}

add_host() {
  local where=$1 kind_here=$2 name=$3
  [ "${kind[$name]:-}" != "$kind_here" ] || return 0
  [[ $name =~ ^[a-z][a-z0-9]{0,5}$ ]] || problem "$where" "$name: a host's name has up to 6 small letters and digits"
  [ -z "${kind[$name]:-}" ] || { problem "$where" "$name: the name is taken, by a ${kind[$name]}"; return 0; }
  hosts+=("$name")
  kind[$name]=$kind_here number[$name]=${#hosts[@]} networks_of[$name]='' listens_on[$name]='' roles[$name]='' place[$name]=$where
}

check_description() {
  local host network
  [ ${#hosts[@]} -le 31 ] || problem lab "${#hosts[@]} hosts are more than 31"
  [ -n "$(of_kind node)" ] || problem lab.nodes "a lab without a node"
  [ -n "${family[${control:-.}]:-}" ] || problem "${place[control]:-lab}" "lab.control: \"$control\" is not one of lab.networks"
  for host in "${hosts[@]}"; do
    [ -n "${networks_of[$host]}" ] || problem "${place[$host]}" "$host: is on no network"
    for network in ${networks_of[$host]}; do
      [ -n "${family[$network]:-}" ] || problem "${place[$host]}" "$host: there is no network \"$network\""
    done
    for network in ${listens_on[$host]}; do
      is_on "$host" "$network" || problem "${place[$host]}" "$host: listens on \"$network\", which it is not on"
    done
    [ "${kind[$host]}" = node ] || continue
    [ -n "${listens_on[$host]}" ] || problem "${place[$host]}" "$host: listens on no network"
    is_on "$host" "$control" || problem "${place[$host]}" "$host: is not on the control network \"$control\""
  done
}

is_on() { [[ " ${networks_of[$1]}" == *" $2 "* ]]; }

# of_kind KIND: the hosts that are such.
of_kind() {
  local host
  for host in "${hosts[@]}"; do [ "${kind[$host]}" != "$1" ] || printf '%s ' "$host"; done
}

# families_of HOST: "ipv4+ipv6" or the one it has.
families_of() {
  local network
  for network in ${networks_of[$1]}; do echo "${family[$network]}"; done | sort -u | paste -sd+
}

# has_clients NETWORK: whether a client host is on it.
has_clients() {
  local host
  for host in $(of_kind client); do ! is_on "$host" "$1" || return 0; done
  return 1
}
