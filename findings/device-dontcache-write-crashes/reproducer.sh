#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
#
# block: a direct write with RWF_DONTCACHE to a device crashes the kernel
#
# Rule      Every operation returns.
# Expected  answers to 3 operations
# Actual    the kernel stopped after 0 in filemap_dontcache_kick_writeback
# Seen on   7.3.4+deb13-cloud-amd64
#
# Run it as root on a machine that may be lost; it makes a disk of its own with scsi_debug.
# Exit: 1 the fault shows, 0 it does not, 2 it could not be tried.
set -u
LC_ALL=C
export LC_ALL

give_up() {
    echo "can't try it: $*"
    exit 2
}

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
    cd /
    for pause in 0 1 1 1 1 1 1 1 1 1; do # udev may still look at the disk
        sleep "$pause"
        modprobe -r scsi_debug 2>/dev/null && break
    done
    [ ! -d /sys/module/scsi_debug ] || echo 'note: scsi_debug is still loaded' >&2
    [ -z "$debugfs" ] || umount "$debugfs"
    rm -rf "$work"
}

# mount_debugfs: where it is not, mount what has warnings that come once in a boot come again, and leave its place in
# $debugfs for clean_up.
debugfs=
mount_debugfs() {
    mountpoint -q /sys/kernel/debug && return
    mount -t debugfs none /sys/kernel/debug 2>/dev/null && debugfs=/sys/kernel/debug
}

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

# outcome COMMAND...: carry out what xfs_io is told, and print what came: the bytes that went, an errno, what it read as
# runs of bytes as in "4*8 0*4088", "killed by signal N", or "error: " and what else it said. What was killed may still
# be there and hold the pipe: nothing after that word is waited for.
outcome() {
    {
        "$@"
        status=$?
        [ "$status" -le 128 ] || echo "killed by signal $((status - 128))"
    } 2>&1 | sed '/^killed by signal /q' | awk '
        function digit(c) { return index("0123456789abcdef", c) - 1 }
        /^[0-9a-f]+:  / {
            sub(/^[0-9a-f]+:  /, "")
            sub(/  .*/, "")
            length_of_line = split($0, bytes, " ")
            for (i = 1; i <= length_of_line; i++) {
                byte = 16 * digit(substr(bytes[i], 1, 1)) + digit(substr(bytes[i], 2, 1))
                if (count && byte != last) { runs = runs last "*" count " "; count = 0 }
                last = byte
                count++
            }
            next
        }
        /^(wrote|read) [0-9]+\// { split($2, went, "/"); done = went[1]; next }
        / ops?; / { next }
        /^killed by signal / { killed = $0; next }
        /Operation not permitted$/ { errno = "EPERM" }
        /Interrupted system call$/ { errno = "EINTR" }
        /Input\/output error$/ { errno = "EIO" }
        /No such device or address$/ { errno = "ENXIO" }
        /Bad file descriptor$/ { errno = "EBADF" }
        /Resource temporarily unavailable$/ { errno = "EAGAIN" }
        /Cannot allocate memory$/ { errno = "ENOMEM" }
        /Permission denied$/ { errno = "EACCES" }
        /Bad address$/ { errno = "EFAULT" }
        /Device or resource busy$/ { errno = "EBUSY" }
        /Invalid cross-device link$/ { errno = "EXDEV" }
        /No such device$/ { errno = "ENODEV" }
        /Invalid argument$/ { errno = "EINVAL" }
        /Inappropriate ioctl for device$/ { errno = "ENOTTY" }
        /Text file busy$/ { errno = "ETXTBSY" }
        /File too large$/ { errno = "EFBIG" }
        /No space left on device$/ { errno = "ENOSPC" }
        /Read-only file system$/ { errno = "EROFS" }
        /Numerical result out of range$/ { errno = "ERANGE" }
        /No data available$/ { errno = "ENODATA" }
        /Value too large for defined data type$/ { errno = "EOVERFLOW" }
        /Operation not supported$/ { errno = "EOPNOTSUPP" }
        /Structure needs cleaning$/ { errno = "EUCLEAN" }
        /Remote I\/O error$/ { errno = "EREMOTEIO" }
        { said = said $0 " " }
        END {
            if (killed) print killed
            else if (errno) print errno
            else if (count) print runs last "*" count
            else if (said) print "error: " said
            else print done + 0
        }'
}

# tell STEP WORDS EXPECTED GOT PERMITTED...: say what a step gave, and return whether it may give that.
tell() {
    step=$1 words=$2 expected=$3 got=$4
    shift 4
    case $got in
        '' | error:*) give_up "step $step, $words: ${got:-awk said nothing}" ;;
    esac
    fits=1
    for permitted; do
        case $permitted in
            "$got") fits=0 ;;
            anything) case $got in killed*) ;; *) fits=0 ;; esac ;;
            error) case $got in E*) fits=0 ;; esac ;;
            not:*) case $got in killed*) ;; *) [ "$permitted" = "not:$got" ] || fits=0 ;; esac ;;
        esac
    done
    if [ "$fits" -eq 0 ]; then
        say_fits "$step" "$words" "$expected" "$got"
    else
        say_fits_not "$step" "$words" "$expected" "$got"
    fi
    return "$fits"
}

say_fits() {
    printf 'step %s: %s\n  expected: %s\n  got:      %s\n' "$1" "$2" "$3" "$4"
}

say_fits_not() {
    printf 'step %s: %s\n  expected: %s\n  got:      %s    <-- not as expected\n' "$1" "$2" "$3" "$4"
}

[ "$(id -u)" -eq 0 ] || give_up 'it needs root'
[ ! -d /sys/module/scsi_debug ] || give_up 'scsi_debug is loaded already'
command -v xfs_io >/dev/null || give_up 'there is no xfs_io'
xfs_io -c 'help pwrite' | grep -q -e ' -U ' || give_up 'xfs_io is too old: its pwrite has no -U'
work=$(mktemp -d) || exit 2
trap clean_up EXIT
trap 'exit 2' INT TERM

modprobe scsi_debug dev_size_mb=321 sector_size=512 delay=0 atomic_wr=1 atomic_wr_max_length=128 atomic_wr_align=2 atomic_wr_gran=2 || give_up 'there is no module scsi_debug'
disk=
for pause in 0 1 1 1 1 1 1 1 1 1; do
    sleep "$pause"
    for model in /sys/block/*/device/model; do
        if [ -r "$model" ] && [ "$(tr -d ' ' <"$model")" = scsi_debug ]; then
            disk=${model#/sys/block/}
            disk=/dev/${disk%%/*}
        fi
    done
    [ ! -b "$disk" ] || break
done
[ -b "$disk" ] || give_up 'scsi_debug made no disk'
udevadm settle 2>/dev/null
file=$disk

mount_debugfs
listen_to_kernel
shown=0
strayed=0

# 1. plain write of 4096 bytes at 0, direct, DONTCACHE
got=$(outcome timeout -s KILL 60 xfs_io -d -c 'pwrite -U -V1 -b 4096 -S 1 0 4096' "$file")
tell 1 'plain write of 4096 bytes at 0, direct, DONTCACHE' \
    'an answer' \
    "$got" 'anything' || strayed=1

hear_kernel
[ -z "$heard" ] || shown=1
if [ "$shown" -ne 0 ]; then
    echo 'the fault shows'
    exit 1
fi
[ "$warned" -eq 0 ] || give_up 'the kernel warned before, and may not say it again in this boot: mount debugfs on /sys/kernel/debug, or boot anew'
[ "$strayed" -eq 0 ] || give_up 'a step on the way was not answered as expected'
echo 'the fault does not show'
