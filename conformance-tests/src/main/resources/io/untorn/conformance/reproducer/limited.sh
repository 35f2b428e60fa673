# limited COMMAND...: run it with RLIMIT_FSIZE at $fsize bytes; this shell's own output is not limited.
fsize=unlimited
limited() {
    (trap '' XFSZ && exec prlimit --fsize="$fsize" "$@")
}
