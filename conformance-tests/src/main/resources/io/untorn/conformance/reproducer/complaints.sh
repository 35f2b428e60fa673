# listen_to_kernel: mark the kernel's log, and have warnings that come once in a boot come again.
listen_to_kernel() {
    warned=$(($(cat /proc/sys/kernel/tainted) & 512)) # what came before
    if { echo 1 >/sys/kernel/debug/clear_warn_once; } 2>/dev/null; then
        warned=0
    fi
    echo "untorn $$ begins" >/dev/kmsg || give_up "it may not write to the kernel's log"
}

# hear_kernel: print what the kernel complained of since, and leave it in $heard.
hear_kernel() {
    dmesg | grep -q "untorn $$ begins" || give_up "the kernel's log lost where this began"
    heard=$(dmesg | sed "1,/untorn $$ begins/d" |
        grep -e 'WARNING: ' -e 'BUG: ' -e 'kernel BUG at ' -e 'Oops: ' -e 'general protection fault' -e 'UBSAN: ' \
            -e 'EXT4-fs error ' -e ': Corruption' -e ': Internal error' -e ': Metadata corruption' \
            -e 'hutting down filesystem' -e 'Buffer I/O error ' -e 'I/O error, dev ')
    [ -z "$heard" ] || printf '%s\n' "$heard"
}
