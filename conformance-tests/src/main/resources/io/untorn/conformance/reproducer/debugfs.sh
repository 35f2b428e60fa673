# mount_debugfs: mount debugfs, which re-arms WARN_ON_ONCE, unless it is mounted; clean_up unmounts $debugfs.
debugfs=
mount_debugfs() {
    mountpoint -q /sys/kernel/debug && return
    mount -t debugfs none /sys/kernel/debug 2>/dev/null && debugfs=/sys/kernel/debug
}
