#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
#
# ext4: read of 4096 bytes at 0, buffered: bytes 0 to 511: data of operation 1 (data-is-what-was-written-last)
#
# Rule      Every byte is what was written there last, and zero where nothing was.
# Expected  bytes 0 to 511: zeros
# Actual    bytes 0 to 511: data of operation 1
# Seen on   7.3.4+deb13-cloud-amd64
#
# Run it as root on a machine that may be lost; it makes a disk of its own with scsi_debug.
# Exit: 1 the fault shows, 0 it does not, 2 it could not be tried.
set -u

give_up() {
    echo "can't try it: $*"
    exit 2
}

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
    cd /
    umount "$work/mnt" 2>/dev/null
    modprobe -r scsi_debug 2>/dev/null
    rm -rf "$work"
}

# What xfs_io printed: the bytes that went, an errno, or what it read as runs of bytes, "4*8 0*4088".
outcome() {
    awk '
        /^[0-9a-f]+:( |$)/ {
            for (i = 2; i <= NF && i <= 17 && $i ~ /^[0-9a-f][0-9a-f]$/; i++) {
                byte = 16 * (index("0123456789abcdef", substr($i, 1, 1)) - 1) +
                    index("0123456789abcdef", substr($i, 2, 1)) - 1
                if (count && byte != last) { runs = runs last "*" count " "; count = 0 }
                last = byte
                count++
            }
            next
        }
        /^(wrote|read) [0-9]+\// { split($2, bytes, "/"); done = bytes[1]; next }
        / ops?; / { next }
        /Invalid argument$/ { errno = "EINVAL" }
        /Bad address$/ { errno = "EFAULT" }
        /File too large$/ { errno = "EFBIG" }
        /No space left on device$/ { errno = "ENOSPC" }
        /Operation not supported$/ { errno = "EOPNOTSUPP" }
        /Input\/output error$/ { errno = "EIO" }
        /Bad file descriptor$/ { errno = "EBADF" }
        /Resource temporarily unavailable$/ { errno = "EAGAIN" }
        /Structure needs cleaning$/ { errno = "EUCLEAN" }
        /Inappropriate ioctl for device$/ { errno = "ENOTTY" }
        /Remote I\/O error$/ { errno = "EREMOTEIO" }
        { said = said $0 " " }
        END {
            if (errno) print errno
            else if (count) print runs last "*" count
            else if (said) print "error: " said
            else print done + 0
        }'
}

# tell STEP WORDS EXPECTED GOT PERMITTED...: say what a step gave, and return whether it may give that.
tell() {
    step=$1 words=$2 expected=$3 got=$4
    shift 4
    fits=1
    for permitted; do
        case $permitted in
            "$got" | anything) fits=0 ;;
            error) case $got in E* | error:*) fits=0 ;; esac ;;
            not:*) [ "$permitted" = "not:$got" ] || fits=0 ;;
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
work=$(mktemp -d) || exit 2
trap clean_up EXIT
trap 'exit 2' INT TERM

modprobe scsi_debug dev_size_mb=321 sector_size=512 delay=0 atomic_wr=1 atomic_wr_max_length=128 atomic_wr_align=2 atomic_wr_gran=2 || give_up 'there is no module scsi_debug'
udevadm settle 2>/dev/null || sleep 1
disk=
for model in /sys/block/*/device/model; do
    if [ "$(tr -d ' ' <"$model")" = scsi_debug ]; then
        disk=${model#/sys/block/}
        disk=/dev/${disk%%/*}
    fi
done
[ -b "$disk" ] || give_up 'scsi_debug made no disk'
mkfs.ext4 -q -F -b 4096 -E lazy_itable_init=0,lazy_journal_init=0 "$disk" || give_up 'no file system'
mkdir "$work/mnt"
mount "$disk" "$work/mnt" || give_up 'it does not mount'
file=$work/mnt/file

: >"$file"
shown=0

# 1. plain write of 512 bytes at 0, direct
got=$(xfs_io -d -c 'pwrite -b 512 -S 1 0 512' "$file" 2>&1 | outcome)
tell 1 'plain write of 512 bytes at 0, direct' \
    'returned 512' \
    "$got" '512' || :

# 2. zero range of 4096 bytes at 0
got=$(xfs_io -c 'fzero 0 4096' "$file" 2>&1 | outcome)
tell 2 'zero range of 4096 bytes at 0' \
    'returned 0' \
    "$got" '0' || :

# 3. read of 4096 bytes at 0, buffered
got=$(xfs_io -r -c 'pread -v -b 4096 0 4096' "$file" 2>&1 | outcome)
tell 3 'read of 4096 bytes at 0, buffered' \
    'read 4096 bytes: bytes 0 to 4095: zeros' \
    "$got" '0*4096' || shown=1

[ "$shown" -eq 0 ] && echo 'the fault does not show' || echo 'the fault shows'
exit "$shown"
