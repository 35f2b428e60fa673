package io.untorn.model;

import static io.untorn.model.Rule.inspecting;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.Support.PRESENT;
import static io.untorn.model.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import java.util.List;
import java.util.stream.Stream;

/** What mainline Linux does with atomic writes and with what stands between them, 6.1 to 7.3. */
final class LinuxRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);

    private LinuxRules() {}

    /** Return the rules of every version for a kind of target; those of writes in the order of the kernel's checks. */
    static List<Rule> of(TargetKind target) {
        return Stream.of(Promise.RULES, limits(), WriteRules.order(target), Operation.rules())
                .flatMap(List::stream)
                .toList();
    }

    static List<Rule> limits() {
        return List.of(
                inspecting(
                        "no-limits-without-support",
                        "A kernel that can't write atomically there tells no limits.",
                        EVERYWHERE.before(6, 11),
                        LimitRules::none,
                        "statx(2), STATX_WRITE_ATOMIC (since Linux 6.11)"),
                inspecting(
                        "no-file-limits-before-6.13",
                        "No file system takes atomic writes before 6.13.",
                        EVERYWHERE.since(6, 11).before(6, 13).on(EXT4, XFS),
                        LimitRules::none,
                        "kernel block/fops.c, blkdev_open: nothing else sets FMODE_CAN_ATOMIC_WRITE (6.12)"),
                inspecting(
                        "queue-limits-follow-disk",
                        "The request queue tells the limits of the disk.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::queueFollowsDisk,
                        "kernel drivers/scsi/sd.c, sd_config_atomic; block/blk-settings.c, "
                                + "blk_atomic_writes_update_limits (6.12 to 7.3)",
                        "kernel Documentation/ABI/stable/sysfs-block, atomic_write_unit_min_bytes"),
                inspecting(
                        "statx-agrees-with-queue",
                        "statx of a block device tells the limits of its request queue.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::statxFollowsQueue,
                        "statx(2), stx_atomic_write_unit_min",
                        "kernel block/bdev.c, bdev_statx (6.12 to 7.3)"),
                inspecting(
                        "limits-in-order",
                        "Where limits are told they are powers of two, the smallest first, for one segment, with the "
                                + "attribute set.",
                        ATOMIC,
                        LimitRules::inOrder,
                        "statx(2), stx_atomic_write_unit_min, stx_atomic_write_unit_max, STATX_ATTR_WRITE_ATOMIC",
                        "kernel fs/stat.c, generic_fill_statx_atomic_writes (6.12 to 7.3)"),
                inspecting(
                        "ext4-limits",
                        "ext4 without bigalloc takes one block, where the disk does.",
                        EVERYWHERE.since(6, 13).on(EXT4),
                        LimitRules::ext4,
                        "kernel fs/ext4/super.c, ext4_atomic_write_init (6.16 to 7.3)"),
                inspecting(
                        "xfs-single-block-limits",
                        "XFS takes one block, where the disk does.",
                        EVERYWHERE.since(6, 13).before(6, 16).on(XFS),
                        LimitRules::xfsSingleBlock,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_attr (6.13 to 6.15)"),
                inspecting(
                        "xfs-limits",
                        "XFS with reflink takes from one block up to what its log holds, on any disk; what the disk "
                                + "does by itself is the optimum.",
                        EVERYWHERE.since(6, 16).on(XFS),
                        LimitRules::xfs,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_min, xfs_get_atomic_write_max, "
                                + "xfs_get_atomic_write_max_opt (6.17 to 7.3)"));
    }
}
