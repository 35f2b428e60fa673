package io.untorn.model.console;

import static io.untorn.model.console.Severity.SPOILS_TARGET;
import static io.untorn.model.console.Severity.WARNS;

import java.util.List;

/**
 * Complaints of one line each, most of them of the storage stack: file systems, iomap, the block layer, SCSI, NVMe, md and
 * device-mapper. Read in the kernel's source, 6.12 and 7.3.
 *
 * <p>Errors that an operation returns stand here with the number of the error: the kernel prints what it also answers. Where
 * both come, the answer is judged, and the line adds nothing; where the operation succeeded, or failed otherwise, the kernel
 * has swallowed an error. A kernel limits the rate of most of these lines (10 in 5 s for each place that prints), so fewer
 * lines than errors mean nothing.
 */
final class OneLineComplaints {
    private static final int EIO = 5;
    private static final int EAGAIN = 11;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int EOPNOTSUPP = 95;
    private static final int EUCLEAN = 117;
    private static final int EREMOTEIO = 121;

    private static final String EXT4 = "EXT4-fs \\([^)]+\\): ";
    private static final String EXT4_WARNING = "EXT4-fs warning \\(device [^)]+\\): ";
    private static final String XFS = "XFS \\([^)]+\\): ";

    /** The end of a pattern. */
    private static final String ONE_LINE = "";

    /**
     * A complaint.
     *
     * @param kind what it is, and which kernels print it where
     * @param sample a line of it, without its time; it fits no other kind
     */
    record Line(SplatKind kind, String sample) {
        Line but(String line, String reason) {
            return new Line(kind.but(line, reason), sample);
        }

        Line repeating(Integer... errors) {
            return new Line(kind.repeating(errors), sample);
        }
    }

    private static Line line(String name, Severity severity, String printedBy, String start, String sample) {
        return new Line(SplatKind.of(name, severity, printedBy, start, ONE_LINE), sample);
    }

    /** All of them. */
    static final List<Line> ALL = List.of(
            // Block layer
            line(
                    "io-error",
                    SPOILS_TARGET,
                    "all: block/blk-mq.c, blk_print_req_error, with the names of block/blk-core.c, blk_errors",
                    "(blk_update_request: )?(I/O|critical medium|timeout|recoverable transport|critical space allocation"
                            + "|critical nexus|reservation conflict|protection|kernel resource|device resource|device offline"
                            + "|dm internal retry|open zones exceeded|active zones exceeded|duration limit exceeded)"
                            + " error, dev \\S+, sector ",
                    "I/O error, dev sda, sector 2048 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2"),
            line(
                            "request-refused",
                            WARNS,
                            "all: block/blk-mq.c, blk_print_req_error, for BLK_STS_TARGET",
                            "(blk_update_request: )?critical target error, dev \\S+, sector ",
                            "critical target error, dev sda, sector 42489 op 0x1:(WRITE) flags 0x8808800 phys_seg 1 prio class 2")
                    .repeating(EREMOTEIO),
            line(
                            "request-refused",
                            WARNS,
                            "all: block/blk-mq.c, blk_print_req_error, for BLK_STS_NOTSUPP",
                            "(blk_update_request: )?operation not supported error, dev \\S+, sector ",
                            "operation not supported error, dev sda, sector 8 op 0x9:(WRITE_ZEROES) flags 0x800 phys_seg 0 prio class 2")
                    .repeating(EOPNOTSUPP),
            line(
                            "request-refused",
                            WARNS,
                            "all: block/blk-mq.c, blk_print_req_error, for BLK_STS_AGAIN",
                            "(blk_update_request: )?nonblocking retry error, dev \\S+, sector ",
                            "nonblocking retry error, dev sda, sector 8 op 0x1:(WRITE) flags 0x200800 phys_seg 1 prio class 2")
                    .repeating(EAGAIN),
            line(
                            "request-refused",
                            WARNS,
                            "6.13 and later: block/blk-mq.c, blk_print_req_error, for BLK_STS_INVAL",
                            "invalid error, dev \\S+, sector ",
                            "invalid error, dev sda, sector 8 op 0x1:(WRITE) flags 0x8800 phys_seg 1 prio class 2")
                    .repeating(EINVAL),
            line(
                    "io-error",
                    SPOILS_TARGET,
                    "all: fs/buffer.c and fs/ext4/page-io.c, buffer_io_error",
                    "Buffer I/O error on dev(ice)? ",
                    "Buffer I/O error on dev sda, logical block 0, async page read"),
            line(
                    "request-malformed",
                    SPOILS_TARGET,
                    "all: block/blk-core.c, bio_check_eod",
                    "[^\\[\\]>]{1,15}: attempt to access beyond end of device$",
                    "java: attempt to access beyond end of device"),
            line(
                    "request-malformed",
                    SPOILS_TARGET,
                    "all: block/blk-core.c, bio_check_ro",
                    "Trying to write to read-only block-device ",
                    "Trying to write to read-only block-device sda"),
            line(
                    "request-malformed",
                    SPOILS_TARGET,
                    "all: block/blk-mq.c, blk_insert_cloned_request and blk_update_request",
                    "(\\w+: over max (size|segments|integrity segments) limit\\. |request botched: dev )",
                    "blk_insert_cloned_request: over max size limit. (2048 > 1024)"),
            line(
                    "request-malformed",
                    SPOILS_TARGET,
                    "all: fs/buffer.c, __find_get_block_slow, grow_buffers and __getblk_slow",
                    "(__find_get_block_slow\\(\\) failed\\. |\\w+: requested out-of-range block |getblk\\(\\): )",
                    "grow_buffers: requested out-of-range block 18446744073709551615 for device sda"),
            line(
                    "writeback-failed",
                    SPOILS_TARGET,
                    "all: block/bdev.c, bdev_write_inode",
                    "VFS: Dirty inode writeback failed for block device ",
                    "VFS: Dirty inode writeback failed for block device sda (err=-5)."),
            line(
                    "busy-inodes",
                    SPOILS_TARGET,
                    "all: fs/super.c, generic_shutdown_super",
                    "VFS: Busy inodes after unmount of ",
                    "VFS: Busy inodes after unmount of sda (ext4)"),

            // Page cache and iomap
            line(
                    "stale-page-cache",
                    WARNS,
                    "all: mm/filemap.c, dio_warn_stale_pagecache",
                    "Page cache invalidation failure on direct I/O\\.  Possible data corruption ",
                    "Page cache invalidation failure on direct I/O.  Possible data corruption due to collision with buffered I/O!"),
            line(
                            "direct-io-collision",
                            WARNS,
                            "all: fs/iomap/direct-io.c, iomap_dio_iter, which then fails with EIO",
                            "Direct I/O collision with buffered writes! ",
                            "Direct I/O collision with buffered writes! File: /file Comm: java")
                    .repeating(EIO),
            line(
                    "writeback-failed",
                    SPOILS_TARGET,
                    "6.12: fs/iomap/buffered-io.c, iomap_finish_ioend; 7.3: fs/iomap/ioend.c, iomap_finish_ioend_buffered_write",
                    "\\S+: writeback error on inode \\d+, offset ",
                    "sda: writeback error on inode 131, offset 0, sector 2048"),

            // ext4 and its journal
            line(
                    "ext4-error",
                    SPOILS_TARGET,
                    "all: fs/ext4/super.c, __ext4_error and others",
                    "EXT4-fs error \\(device |EXT4-fs \\(device \\S+\\): panic forced after error",
                    "EXT4-fs error (device sda): trigger_test_error:130: comm java: untorn"),
            line(
                            "ext4-warning",
                            WARNS,
                            "6.16 and later: fs/ext4/inode.c, ext4_map_blocks_atomic_write_slow, which then fails with EUCLEAN",
                            EXT4_WARNING + "ext4_map_blocks_atomic_write_slow:\\d+: .*"
                                    + "(couldn't allocate blocks|Non-contiguous allocation detected)",
                            "EXT4-fs warning (device sda): ext4_map_blocks_atomic_write_slow:3566: inode #12: comm java: Non-contiguous "
                                    + "allocation detected: expected 5291, got 5292, or ext4_map_blocks() returned out of space ret: 1")
                    .repeating(EUCLEAN),
            line(
                            "ext4-warning",
                            WARNS,
                            "6.16 and later: fs/ext4/inode.c, ext4_map_blocks_atomic_write_slow, which then fails with EINVAL",
                            EXT4_WARNING
                                    + "ext4_map_blocks_atomic_write_slow:\\d+: .*allocation failed for atomic write request",
                            "EXT4-fs warning (device sda): ext4_map_blocks_atomic_write_slow:3593: inode #12: comm java: allocation "
                                    + "failed for atomic write request m_lblk:0, m_len:16, ret:4")
                    .repeating(EINVAL),
            line(
                            "ext4-warning",
                            WARNS,
                            "all: fs/ext4/extents.c, ext4_convert_unwritten_extents, and its callers fail with the error",
                            EXT4_WARNING + "ext4_convert_unwritten_extents(_atomic)?:\\d+: .*returned -28\\b",
                            "EXT4-fs warning (device sda): ext4_convert_unwritten_extents:5169: inode #12: block 3: len 1: "
                                    + "ext4_map_blocks returned -28")
                    .repeating(ENOSPC),
            line(
                            "ext4-warning",
                            WARNS,
                            "RFC series of 2023-11-30 for ext4: ext4_map_blocks_aligned, which then fails with EIO",
                            EXT4_WARNING + "ext4_map_blocks_aligned:\\d+: ",
                            "EXT4-fs warning (device sda): ext4_map_blocks_aligned:520: Returned extent couldn't satisfy alignment "
                                    + "requirements")
                    .repeating(EIO),
            line(
                    "ext4-warning",
                    SPOILS_TARGET,
                    "all: fs/ext4/super.c, __ext4_warning and __ext4_warning_inode",
                    EXT4_WARNING
                            + "(?!ext4_map_blocks_(atomic_write_slow|aligned):|ext4_convert_unwritten_extents(_atomic)?:.*returned -28\\b)",
                    "EXT4-fs warning (device sda): ext4_da_update_reserve_space:356: ext4_da_update_reserve_space: ino 12, used 2 with "
                            + "only 1 reserved data blocks"),
            line(
                    "ext4-data-loss",
                    SPOILS_TARGET,
                    "all: fs/ext4/inode.c, mpage_map_and_submit_extent and ext4_print_free_blocks; fs/ext4/page-io.c, "
                            + "ext4_end_io_end; fs/ext4/inline.c, ext4_restore_inline_data",
                    EXT4
                            + "(Delayed block allocation failed for inode |This should not happen!! |Total free blocks count "
                            + "|Free/Dirty block details|free_blocks=|dirty_blocks=|Block reservation details|i_reserved_data_blocks="
                            + "|failed to convert unwritten extents |error restoring inline_data |\\w+: jbd2_start: )",
                    "EXT4-fs (sda): Delayed block allocation failed for inode 12 at logical offset 0 with max blocks 4 with error 117"),
            line(
                    "ext4-corruption",
                    SPOILS_TARGET,
                    "all: fs/ext4/mballoc.c, mb_cmp_bitmaps, ext4_mb_release_inode_pa, ext4_discard_preallocations and "
                            + "ext4_mb_clear_bb; fs/ext4/super.c, ext4_journal_bmap, ext4_put_super and ext4_commit_super",
                    EXT4 + "(corruption in group |pa \\S+: logic |uh-oh! used pa |discard request in group:"
                            + "|journal bmap failed: |sb orphan head is |previous I/O error to superblock "
                            + "|I/O error while writing superblock|error translating block |start \\d+, size \\d+, fe_logical )",
                    "EXT4-fs (sda): corruption in group 1 at byte 3(24): f in copy != 7 on disk/prealloc"),
            line(
                    "ext4-corruption",
                    SPOILS_TARGET,
                    "all: fs/ext4/extents_status.c, ext4_es_insert_extent_ext_check; fs/ext4/inode.c, ext4_map_blocks_es_recheck",
                    "ES (cache assertion|insert assertion|assertion) failed ",
                    "ES insert assertion failed for inode: 12 retval 1 != es_len 2"),
            line(
                    "journal-aborted",
                    SPOILS_TARGET,
                    "all: fs/jbd2/journal.c, jbd2_journal_abort",
                    "Aborting journal on device ",
                    "Aborting journal on device sda-8."),
            line(
                    "journal-error",
                    SPOILS_TARGET,
                    "all: fs/jbd2/commit.c, jbd2_journal_commit_transaction; recovery.c, do_one_pass; checkpoint.c, jbd2_log_do_checkpoint; "
                            + "transaction.c, start_this_handle and warn_dirty_buffer; journal.c, jbd2_write_superblock",
                    "JBD2: (?!Clearing recovery information|Ignoring recovery information|Find incomplete commit block )",
                    "JBD2: Detected IO errors -5 while flushing file data on sda-8"),
            line(
                    "journal-error",
                    SPOILS_TARGET,
                    "all: fs/jbd2/transaction.c, jbd2_journal_dirty_metadata; fs/jbd2/checkpoint.c, __jbd2_log_wait_for_space; "
                            + "fs/jbd2/journal.c, jbd2_journal_bmap and jbd2_log_wait_commit",
                    "(jbd2_\\w+|__jbd2_\\w+): (.*: bad jh for block |needed \\d+ blocks and only had |no way to get more journal space "
                            + "|journal block not found |error: j_commit_request=)",
                    "jbd2_journal_dirty_metadata: java: bad jh for block 8: transaction (00000000, 3), jh->b_transaction (00000000, 2)"),

            // XFS
            line(
                            "xfs-shutdown",
                            SPOILS_TARGET,
                            "all: fs/xfs/xfs_fsops.c, xfs_do_force_shutdown; fs/xfs/xfs_log.c, xfs_log_force_umount",
                            XFS + "(.*[Ss]hutting down filesystem|Filesystem has been shut down )",
                            "XFS (sda): Log I/O Error (0x2) detected at xlog_ioend_work+0x1/0x2 [xfs] (fs/xfs/xfs_log.c:1345).  "
                                    + "Shutting down filesystem.")
                    .but(
                            " at xfs_mountfs\\+",
                            "a mount that is refused for its options ends with a shutdown of what it had begun to mount")
                    .but(": User initiated shutdown received\\.", "somebody asked for it"),
            line(
                    "xfs-corruption",
                    SPOILS_TARGET,
                    "all: fs/xfs/xfs_error.c, xfs_corruption_error and the verifiers; fs/xfs/libxfs, the checks of btree records",
                    XFS
                            + "(Corruption (detected|Alert|warning)|Internal error |Metadata (\\w+ )?(corruption|error) detected at "
                            + "|[Cc]orrupt(ed)? |.* corruption (in|detected|detected at) |.*: Corrupt btree |AGF corruption\\. "
                            + "|.*Corrupt \\w+bt |CORRUPTED BTREE )",
                    "XFS (sda): Metadata corruption detected at xfs_agf_verify+0x1/0x2 [xfs], xfs_agf block 0x1"),
            line(
                    "xfs-inconsistency",
                    SPOILS_TARGET,
                    "all: fs/xfs/xfs_iomap.c, xfs_alert_fsblock_zero; fs/xfs/libxfs/xfs_ialloc.c, xfs_dialloc and xfs_difree_inobt; "
                            + "fs/xfs/libxfs/xfs_alloc.c, xfs_agfl_reset; fs/xfs/xfs_mount.c, xfs_unmount_check; fs/xfs/xfs_health.c, "
                            + "xfs_health_unmount; fs/xfs/xfs_icache.c, xfs_check_delalloc; fs/xfs/xfs_inode.c, xfs_iflush",
                    XFS + "(Access to block zero in inode |Allocated a known in-use inode |inode cluster out of range: "
                            + "|WARNING: Reset corrupted AGFL |ifree/icount mismatch |Uncorrected metadata errors detected"
                            + "|ino \\S+ \\w+ fork has delalloc extent |\\w+: (Bad |bad |detected corrupt incore )"
                            + "|\\w+: (agno|inode|ino|agbno|xfs_\\w+\\(\\)) .*(!=|>=|returned error)"
                            + "|SB summary counter sanity check failed|Failed to remove inode\\(s\\) from unlinked list"
                            + "|Invalid inode number |no buf ops on daddr |\\w+: no buf ops on daddr |\\w+: daddr \\S+ out of range)",
                    "XFS (sda): Access to block zero in inode 131 start_block: 0 start_off: 0 blkcnt: 8 extent-state: 0"),
            line(
                    "xfs-io-error",
                    SPOILS_TARGET,
                    "all: fs/xfs/xfs_buf.c, xfs_buf_ioerror_alert; fs/xfs/xfs_buf_item.c, xfs_buf_item_push; fs/xfs/xfs_log.c, "
                            + "xlog_ioend_work; fs/xfs/xfs_aops.c, xfs_discard_folio; fs/xfs/xfs_discard.c",
                    XFS
                            + "(metadata I/O error in |Failing async write on buffer block |log I/O error |page discard on page "
                            + "|discard failed for (rt)?extent |log recovery \\w+ I/O error )",
                    "XFS (sda): page discard on page 000000005d1e8a41, inode 0x83, pos 4096."),
            line(
                    "xfs-transaction",
                    SPOILS_TARGET,
                    "all: fs/xfs/xfs_log.c, xlog_print_tic_res, xlog_print_trans, xlog_write and the checks of the log's tail; "
                            + "fs/xfs/xfs_log_cil.c, xlog_cil_insert_items; fs/xfs/xfs_trans_ail.c, xfs_trans_ail_delete; 7.3: "
                            + "fs/xfs/libxfs/xfs_defer.c, xfs_defer_finish_noroll",
                    XFS + "(ticket reservation summary:|transaction summary:|Transaction log reservation overrun:"
                            + "|ctx ticket reservation ran out\\.|ran out of log space |\\w+: ran out of (log|iclog) space"
                            + "|\\w+: (head has wrapped tail|tail wrapped|corrupt iclog ring|invalid magic num|unexpected magic num)"
                            + "|\\w+: possible infinite loop |AAIEEE! |\\w+: attempting to delete a log item |deferred \\S+ work failed, )",
                    "XFS (sda): Transaction log reservation overrun:"),
            line(
                    "xfs-short-write",
                    SPOILS_TARGET,
                    "7.3: fs/xfs/xfs_iomap.c, xfs_zoned_buffered_write_iomap_begin; fs/xfs/xfs_file.c, xfs_dio_zoned_submit_io",
                    XFS + "(Short write on ino |allocation \\(\\d+\\) larger than reservation )",
                    "XFS (sda): Short write on ino 0x83 comm java due to three-way race with write fault and direct I/O"),
            line(
                    "xfs-assertion",
                    SPOILS_TARGET,
                    "all with CONFIG_XFS_WARN or CONFIG_XFS_DEBUG: fs/xfs/xfs_message.c, asswarn and assfail",
                    "XFS( \\([^)]+\\))?: Assertion failed: ",
                    "XFS: Assertion failed: 0, file: fs/xfs/xfs_inode.c, line: 12"),

            // SCSI
            line(
                    "scsi-error",
                    SPOILS_TARGET,
                    "all: drivers/scsi/sd.c, sd_setup_read_write_cmnd, sd_done and sd_eh_action; drivers/scsi/scsi_lib.c, "
                            + "scsi_device_state_check and scsi_cmd_runtime_exceeced; drivers/scsi/scsi_error.c, scsi_eh_offline_sdevs",
                    "s[dr] \\S+: (\\[\\w+\\] )?(tag#\\d+ )?(device offline or changed|access beyond end of device"
                            + "|request not aligned to the logical block size|Unaligned partial completion |timing out command, waited "
                            + "|Medium access timeout failure\\. |rejecting I/O to |Device offlined |Illegal state transition )",
                    "sd 0:0:0:0: [sda] tag#12 request not aligned to the logical block size"),

            // NVMe
            line(
                    "nvme-error",
                    SPOILS_TARGET,
                    "all: drivers/nvme/host/core.c, nvme_log_error",
                    "nvme\\S+: .*\\(0x[0-9a-f]+\\)( @ LBA |, ).*\\(sct 0x[0-9a-f]+ / sc 0x[0-9a-f]+\\)",
                    "nvme0n1: Write(0x1) @ LBA 8, 32 blocks, Atomic Write Unit Exceeded (sct 0x0 / sc 0x14) DNR "),
            line(
                    "nvme-error",
                    SPOILS_TARGET,
                    "all: drivers/nvme/host/pci.c, nvme_timeout, nvme_warn_reset, nvme_handle_cqe and nvme_remove_dead_ctrl",
                    "nvme \\S+: (I/O tag \\d+ .*timeout, |controller is down; will reset: |invalid id \\d+ completed on queue "
                            + "|Disabling device after reset failure: |Abort status: |Incorrectly formed request )",
                    "nvme nvme0: I/O tag 12 (000c) QID 1 timeout, disable controller"),

            // md and device-mapper
            line(
                    "raid-error",
                    SPOILS_TARGET,
                    "all: drivers/md/raid0.c, raid1.c, raid10.c, md-linear.c and md.c, super_written and md_end_flush",
                    "md(/\\w+:?\\S*)?: ?(.*Disk failure on |.*unrecoverable I/O (read )?error |.*rescheduling sector |\\S+ flush io error "
                            + "|super_written gets error=|.*redirecting sector )",
                    "md/raid1:md0: Disk failure on sda, disabling device."),
            line(
                    "device-mapper-error",
                    SPOILS_TARGET,
                    "all: drivers/md/dm.c, dm_submit_bio and clone_endio; dm-rq.c, dm_mq_queue_rq; dm-crypt.c, crypt_convert_block_aead; "
                            + "dm-raid1.c, write_callback; dm-mpath.c, fail_path",
                    "device-mapper: [\\w ]+: (.*mapping table unavailable, erroring io|unimplemented target |.*INTEGRITY AEAD ERROR"
                            + "|.*Failing path |.*queue_if_no_path timeout |Mirror read failed|.*All (sides|mirrors) of mirror"
                            + "|Start sector is beyond the geometry limits|Specified maximum size of target IO )",
                    "device-mapper: core: 254:0: mapping table unavailable, erroring io"),

            // Memory
            line(
                    "kmemleak",
                    WARNS,
                    "all with CONFIG_DEBUG_KMEMLEAK: mm/kmemleak.c, kmemleak_scan, print_unreferenced and kmemleak_warn",
                    "kmemleak: (\\d+ new suspected memory leaks |unreferenced object|Cannot insert \\S+ into the object search tree "
                            + "|Partially freeing unknown object |Freeing unknown object |Trying to color unknown object )",
                    "kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)"));

    private OneLineComplaints() {}
}
