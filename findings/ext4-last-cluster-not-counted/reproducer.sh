#!/bin/sh
# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
#
# ext4-bigalloc: audit of the file system: found e2fsck exits with 4; Inode 13, i_blocks is 32, should be 64.  …
# (file-system-is-consistent)
#
# Rule      After an unmount the file system's own checker finds nothing to repair.
# Expected  returned 0
# Actual    found e2fsck exits with 4; Inode 13, i_blocks is 32, should be 64.  Fix? no; /dev/sda: **********
#           WARNING: Filesystem still has errors **********; /dev/sda: 13/20544 files (15.4% non-contiguous),
#           5420/82176 blocks
# Seen on   7.3.4+deb13-cloud-amd64
#
# Run it as root on a machine that may be lost; it makes a disk of its own with scsi_debug.
# Exit: 1 the fault shows, 0 it does not, 2 it could not be tried.
#
# xfs_io can't do this (step 3, audit of the file system: it does not mount), so this runs reproducer.c, which
# must be in the same folder.
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

here=$(cd "$(dirname "$0")" && pwd)
[ "$(id -u)" -eq 0 ] || give_up 'it needs root'
[ ! -d /sys/module/scsi_debug ] || give_up 'scsi_debug is loaded already'
command -v cc >/dev/null || give_up 'there is no C compiler, cc'
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
mkfs.ext4 -q -F -b 4096 -O bigalloc -C 16384 -E lazy_itable_init=0,lazy_journal_init=0 "$disk" || give_up 'no file system'
mkdir "$work/mnt"
mount "$disk" "$work/mnt" || give_up 'it does not mount'
file=$work/mnt/file

cc -static -o "$work/reproducer" "$here/reproducer.c" || give_up 'it does not compile'
"$work/reproducer" "$file"
status=$?
[ "$status" -le 2 ] || give_up "reproducer.c ended with status $status"
exit "$status"
