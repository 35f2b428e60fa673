# mount_debugfs: where it is not, mount what has warnings that come once in a boot come again, and leave its place in
# $debugfs for clean_up.
debugfs=
mount_debugfs() {
    mountpoint -q /sys/kernel/debug && return
    mount -t debugfs none /sys/kernel/debug 2>/dev/null && debugfs=/sys/kernel/debug
}
