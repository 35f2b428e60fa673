#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
#
# xfs: an atomic write fails with ENOSPC on an empty disk if blocks for a copy lie far behind it
#
# Rule      A legal atomic write on a hole returns its length, or EAGAIN (notable) if pages of it may be cached
#           and could not be dropped, however often it was repeated.
# Expected  returned 8192, or failed with EAGAIN
# Actual    failed with ENOSPC
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
    umount "$work/mnt" 2>/dev/null
    for pause in 0 1 1 1 1 1 1 1 1 1; do # udev may still look at the disk
        sleep "$pause"
        modprobe -r scsi_debug 2>/dev/null && break
    done
    [ ! -d /sys/module/scsi_debug ] || echo 'note: scsi_debug is still loaded' >&2
    rm -rf "$work"
}

# outcome COMMAND...: run xfs_io and print the outcome: the number of bytes, an errno, the data read as runs of bytes,
# such as "4*8 0*4088", "killed by signal N", or "error: " and other messages. A killed process may still exist and hold
# the pipe, so nothing after that line is waited for.
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

# check STEP WORDS EXPECTED GOT PERMITTED...: print the outcome of a step, and return whether it is permitted.
check() {
    step=$1 words=$2 expected=$3 got=$4
    shift 4
    case $got in
        '' | error:*) give_up "step $step, $words: ${got:-awk printed nothing}" ;;
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
        print_expected "$step" "$words" "$expected" "$got"
    else
        print_unexpected "$step" "$words" "$expected" "$got"
    fi
    return "$fits"
}

print_expected() {
    printf 'step %s: %s\n  expected: %s\n  got:      %s\n' "$1" "$2" "$3" "$4"
}

print_unexpected() {
    printf 'step %s: %s\n  expected: %s\n  got:      %s    <-- not as expected\n' "$1" "$2" "$3" "$4"
}

[ "$(id -u)" -eq 0 ] || give_up 'it needs root'
[ ! -d /sys/module/scsi_debug ] || give_up 'scsi_debug is loaded already'
command -v xfs_io >/dev/null || give_up 'there is no xfs_io'
xfs_io -c 'help pwrite' | grep -q -e ' -A ' || give_up 'xfs_io is too old: its pwrite has no -A'
work=$(mktemp -d) || exit 2
trap clean_up EXIT
trap 'exit 2' INT TERM

modprobe scsi_debug dev_size_mb=321 sector_size=512 num_parts=1 delay=0 atomic_wr=1 atomic_wr_max_length=128 atomic_wr_align=2 atomic_wr_gran=2 || give_up 'there is no module scsi_debug'
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
# stale data, so that a block that exposes it is not taken for a hole
dd if=/dev/zero bs=1M count=16 status=none | tr '\000' '\245' >"$disk"
mkfs.xfs -q -f -b size=4096 -m reflink=1 "$disk" || give_up 'no file system'
mkdir "$work/mnt"
mount "$disk" "$work/mnt" || give_up 'it does not mount'
file=$work/mnt/file

: >"$file"
xfs_io -r -c 'statx -r -m 0x10000' "$file" | grep -q '^stat.atomic_write_unit_max = [1-9]' ||
    give_up 'statx reports no support for atomic writes'
shown=0
strayed=0

# 1. atomic write of 8192 bytes at 4279197696
got=$(outcome xfs_io -d -c 'pwrite -A -V1 -b 8192 -S 1 4279197696 8192' "$file")
check 1 'atomic write of 8192 bytes at 4279197696' \
    'returned 8192' \
    "$got" '8192' || unexpected=1

# 2. atomic write of 8192 bytes at 0
got=$(outcome xfs_io -d -c 'pwrite -A -V1 -b 8192 -S 2 0 8192' "$file")
check 2 'atomic write of 8192 bytes at 0' \
    'returned 8192, or failed with EAGAIN' \
    "$got" '8192' 'EAGAIN' || shown=1

if [ "$shown" -ne 0 ]; then
    echo 'the fault shows'
    exit 1
fi
[ "$unexpected" -eq 0 ] || give_up 'an earlier step did not go as expected'
echo 'the fault does not show'
