package io.untorn.model.rules;

import static io.untorn.model.rule.Rule.inspecting;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.target.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.stream.Stream;

/** What mainline Linux, 6.1 to 7.3, does with atomic writes and with the operations between them. */
final class LinuxRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);

    private LinuxRules() {}

    /** Return the rules of every version for a kind of target; those of writes in the order of the kernel's checks. */
    static List<Rule> of(TargetKind target) {
        return Stream.of(IntegrityRules.RULES, limits(), WriteRules.order(target), OperationRules.ALL)
                .flatMap(List::stream)
                .toList();
    }

    static List<Rule> limits() {
        return List.of(
                inspecting(
                        "no-limits-without-support",
                        "A kernel that can't write atomically to a target reports no limits for it.",
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
                        "The request queue reports what the disk promises, as far as one request can carry it.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::queueFollowsDisk,
                        "SBC-4, Block Limits VPD page (B0h)",
                        "kernel drivers/scsi/sd.c, sd_config_atomic; block/blk-settings.c, "
                                + "blk_validate_atomic_write_limits, blk_atomic_writes_update_limits (6.12 to 7.3)",
                        "kernel Documentation/ABI/stable/sysfs-block, atomic_write_unit_min_bytes"),
                inspecting(
                        "statx-agrees-with-queue",
                        "statx of a block device reports the limits of its request queue.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::statxFollows,
                        "statx(2), stx_atomic_write_unit_min",
                        "kernel block/bdev.c, bdev_statx (6.12 to 7.3)"),
                inspecting(
                        "statx-masks-tell-who-answers",
                        "statx sets the mask bits of a device that can write atomically, and of every regular file of "
                                + "a file system that could.",
                        EVERYWHERE.since(6, 11),
                        LimitRules::masks,
                        "statx(2), stx_mask, stx_attributes_mask",
                        "kernel fs/stat.c, generic_fill_statx_atomic_writes; block/bdev.c, bdev_statx (6.12 to 7.3); "
                                + "fs/ext4/inode.c, ext4_getattr; fs/xfs/xfs_iops.c, xfs_vn_getattr (6.13 to 7.3)"),
                inspecting(
                        "limits-in-order",
                        "Limits, if reported, are powers of two in ascending order, for one segment, with the "
                                + "attribute set.",
                        ATOMIC,
                        LimitRules::inOrder,
                        "statx(2), stx_atomic_write_unit_min, stx_atomic_write_unit_max, STATX_ATTR_WRITE_ATOMIC",
                        "kernel fs/stat.c, generic_fill_statx_atomic_writes (6.12 to 7.3)"),
                inspecting(
                        "ext4-single-block-limits",
                        "ext4 takes atomic writes of one block, if the disk does, whatever the cluster size.",
                        EVERYWHERE.since(6, 13).before(6, 16).on(EXT4),
                        LimitRules::statxFollows,
                        "kernel fs/ext4/super.c, ext4_fill_super (6.13 to 6.15)"),
                inspecting(
                        "ext4-limits",
                        "ext4 takes atomic writes of one block up to one cluster, within the disk's limits; without "
                                + "bigalloc a cluster is a block.",
                        EVERYWHERE.since(6, 16).on(EXT4),
                        LimitRules::statxFollows,
                        "kernel Documentation/filesystems/ext4/atomic_writes.rst",
                        "kernel fs/ext4/super.c, ext4_atomic_write_init (6.16 to 7.3)"),
                inspecting(
                        "xfs-single-block-limits",
                        "XFS takes atomic writes of one block, if the disk does.",
                        EVERYWHERE.since(6, 13).before(6, 16).on(XFS),
                        LimitRules::statxFollows,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_attr (6.13 to 6.15)"),
                inspecting(
                        "xfs-limits",
                        "XFS with reflink takes atomic writes of one block up to what an allocation group and a "
                                + "transaction of its log hold, on any disk; unit_max_opt is what the disk does by "
                                + "itself.",
                        EVERYWHERE.since(6, 16).on(XFS),
                        LimitRules::statxFollows,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_min, xfs_get_atomic_write_max, "
                                + "xfs_get_atomic_write_max_opt (6.17 to 7.3)",
                        "kernel fs/xfs/xfs_mount.c, xfs_calc_atomic_write_unit_max (6.17 to 7.3)",
                        "kernel fs/xfs/libxfs/xfs_trans_resv.c, xfs_calc_max_atomic_write_fsblocks (7.3)"));
    }
}
