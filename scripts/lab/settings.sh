# Each node's settings: the description's file, and what makes this node different.

# write_settings NODE
write_settings() {
  local node=$1 network seed seeds='' listeners=''
  for network in ${listens_on[$node]}; do
    listeners+="    { address = \"$(endpoint "$node" "$network" socks)\", auth = [$(has_clients "$network" && echo none || echo password)] }"$'\n'
  done
  for seed in $(of_kind node); do seeds+="\"akka.tcp://socks64@$(endpoint "$seed" "$control" remoting)\" "; done
  local own
  own=$(endpoint "$node" "$control" remoting)
  cat >"$state/$node.conf" <<TEXT
include required("$source")
socks64 {
  node { name = $node, roles = [$(list ${roles[$node]})] }
  users {}
  listeners = [
$(sort -u <<<"${listeners%$'\n'}")
  ]
  cluster.secret = "$(cat "$state/secret")"
}
akka.remote.dot-netty.tcp { hostname = "$(address "$node" "$control")", port = ${own##*:} }
akka.cluster.seed-nodes = [$(list $seeds)]
TEXT
}

# list ITEM…: with commas.
list() { local IFS=,; echo "$*"; }

# write_all_settings: for every node; fails after the problems of the first that "socks64 check" refuses.
write_all_settings() {
  local node
  (umask 077 && head -c 24 /dev/urandom | base64 >"$state/secret")
  for node in $(of_kind node); do
    write_settings "$node"
    "$gateway" check -c "$state/$node.conf" >/dev/null || return 1
  done
}
