#!/usr/bin/env bash
# Several gateways on this machine, as hocon/lab.conf describes them: as root each in a network namespace of its own, otherwise on
# loopback addresses.
set -euo pipefail
shopt -s inherit_errexit
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib.sh"
for part in description state network settings processes commands; do . "$root/scripts/lab/$part.sh"; done

usage() {
  cat <<'TEXT'
scripts/lab.sh [-n NAME] COMMAND
  up [--loopback] [-c FILE]   start every node of FILE (hocon/lab.conf) and wait until it serves; needs root for namespaces
  status                      every host: state, families, addresses, roles, pid, clients connected
  kill NODE…                  SIGKILL: the node is gone at once
  pause NODE… | resume NODE…  SIGSTOP: the node keeps its connections and answers nothing | SIGCONT
  restart NODE…               start again on the old addresses; a living node ends first
  cut A B | heal              drop all packets between A and B, each a host or several (e1,r1,x1) | let them pass again
  down                        end everything and remove what up made
Several labs live side by side under different names; the default is "lab".
TEXT
}

# die WHY: a wrong command line or a lab that is not as it would have to be.
die() { printf 'lab: %s\n' "$*" >&2; exit 1; }
wrong_usage() { printf 'lab: %s\n' "$*" >&2; usage >&2; exit 64; }

lab=lab
while [ $# -gt 0 ]; do
  case $1 in
    -n|--name) [ $# -ge 2 ] || wrong_usage "$1 needs a name"; lab=$2; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    -*) wrong_usage "unknown option $1" ;;
    *) break ;;
  esac
done
[[ $lab =~ ^[a-z][a-z0-9]{0,15}$ ]] || wrong_usage "\"$lab\" is not a name of up to 16 small letters and digits"
[ $# -gt 0 ] || wrong_usage "a command is missing"
command=$1
shift
locate_state
case $command in
  up|status|kill|pause|resume|restart|cut|heal|down) "lab_$command" "$@" ;;
  *) wrong_usage "unknown command $command" ;;
esac
