# Completion for socks64 in fish: source it, or leave it as ~/.config/fish/completions/socks64.fish.
function __socks64_candidates
    set -l line (commandline -cp | string collect)
    set -l program (commandline -opc)[1]
    $program "[suggest:"(string length -- $line)"]" $line 2>/dev/null
end
complete -c socks64 -f -a '(__socks64_candidates)'
complete -c socks64 -s c -l config -r -F
complete -c socks64 -l token-file -r -F
