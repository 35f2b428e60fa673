# limited COMMAND...: do it with no file let grow past $fsize bytes; this shell's own output is not held to it.
fsize=unlimited
limited() {
    (trap '' XFSZ && exec prlimit --fsize="$fsize" "$@")
}
