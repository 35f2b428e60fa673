# mark_log: mark the end of the kernel's log, and re-arm WARN_ON_ONCE.
mark_log() {
    warned=$(($(cat /proc/sys/kernel/tainted) & 512)) # TAINT_WARN: a warning came before
    if { echo 1 >/sys/kernel/debug/clear_warn_once; } 2>/dev/null; then
        warned=0
    fi
    echo "untorn $$ begins" >/dev/kmsg || give_up "it may not write to the kernel's log"
}

# read_log: print the complaints that the kernel logged after the mark, and leave them in $logged.
read_log() {
    dmesg | grep -q "untorn $$ begins" || give_up "the kernel's log lost the mark"
    logged=$(dmesg | sed "1,/untorn $$ begins/d" |
        grep -e 'WARNING: ' -e 'BUG: ' -e 'kernel BUG at ' -e 'Oops: ' -e 'general protection fault' -e 'UBSAN: ' \
            -e 'EXT4-fs error ' -e ': Corruption' -e ': Internal error' -e ': Metadata corruption' \
            -e 'hutting down filesystem' -e 'Buffer I/O error ' -e 'I/O error, dev ')
    [ -z "$logged" ] || printf '%s\n' "$logged"
}
