#compdef socks64
# Completion for socks64 in zsh: source it behind compinit, or leave it as _socks64 in a folder of $fpath.
_socks64() {
  local line="${(j: :)words[1,CURRENT]}"
  local -a candidates
  candidates=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
  candidates=(${candidates:#})
  if (( $#candidates )); then compadd -a candidates; else _files; fi
}
if [[ $funcstack[1] == _socks64 ]]; then _socks64 "$@"; else compdef _socks64 socks64; fi
