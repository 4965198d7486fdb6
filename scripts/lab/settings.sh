# Each node's settings: the description's file, and what makes this node different.

# write_settings NODE
write_settings() {
  local node=$1 network seed seeds='' listeners=''
  for network in ${listens_on[$node]}; do
    listeners+="    { address = \"$(endpoint "$node" "$network" socks)\", auth = [$(has_clients "$network" && echo none || echo password)] }"$'\n'
  done
  local own tls='' protocol=akka.tcp
  if [ -e "$state/cluster.pfx" ]; then
    protocol=akka.ssl.tcp
    tls=", enable-ssl = on, ssl { suppress-validation = true, certificate { path = \"$state/cluster.pfx\", password = \"$(cat "$state/secret")\" } }"
  fi
  for seed in $(of_kind node); do seeds+="\"$protocol://socks64@$(endpoint "$seed" "$control" remoting)\" "; done
  own=$(endpoint "$node" "$control" remoting)
  cat >"$state/$node.conf" <<TEXT
include required("$source")
socks64 {
  node { name = $node, roles = [$(list ${roles[$node]})] }
  users {}
  listeners = [
$(sort -u <<<"${listeners%$'\n'}")
  ]
  admin.address = "$(door_at_home "$node")"
  cluster.secret = "$(cat "$state/secret")"
}
akka.remote.dot-netty.tcp { hostname = "$(address "$node" "$control")", port = ${own##*:}$tls }
akka.cluster.seed-nodes = [$(list $seeds)]
TEXT
}

# list ITEM…: with commas.
list() { local IFS=,; echo "$*"; }

# write_all_settings: for every node; fails after the problems of the first that "socks64 check" refuses.
write_all_settings() {
  local node
  (umask 077 && head -c 24 /dev/urandom | base64 >"$state/secret")
  ! needs_tls || make_certificate
  for node in $(of_kind node); do
    write_settings "$node"
    "$gateway" check -c "$state/$node.conf" >/dev/null || return 1
  done
}

# needs_tls: addresses other than loopback's, and a gateway on the Akka packages, which know no secret.
needs_tls() {
  local node said
  read -r node _ <<<"$(of_kind node)"
  write_settings "$node"
  said=$("$gateway" check -c "$state/$node.conf" 2>&1 >/dev/null) || true
  [[ $said = *'only TLS protects it'* ]]
}

# make_certificate: one for all nodes, in the lab's folder, which is closed to others.
make_certificate() {
  command -v openssl >/dev/null || die "openssl is not installed; it makes the certificate under which the nodes talk to each other"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$lab" -keyout "$state/cluster.key" -out "$state/cluster.pem" 2>/dev/null
  openssl pkcs12 -export -inkey "$state/cluster.key" -in "$state/cluster.pem" -out "$state/cluster.pfx" -passout "file:$state/secret"
}
