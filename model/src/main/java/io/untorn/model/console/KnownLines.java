package io.untorn.model.console;

import java.util.List;
import java.util.regex.Pattern;

/** Lines that kernels print while they are tested, and that mean nothing: why each is expected, with an example. */
final class KnownLines {
    /**
     * A line that is expected.
     *
     * @param pattern what it begins with, after the time
     * @param reason why it comes, and why it is no complaint
     * @param sample such a line
     */
    record Line(Pattern pattern, String reason, String sample) {
        Line(String pattern, String reason, String sample) {
            this(Pattern.compile(pattern), reason, sample);
        }

        boolean begins(String text) {
            return pattern.matcher(text).lookingAt();
        }
    }

    private static final String XFS = "XFS \\([^)]+\\): ";

    static final List<Line> ALL = List.of(
            new Line(
                    "\\S+ \\(\\d+\\): drop_caches: ",
                    "an operation drops caches: fs/drop_caches.c",
                    "java (99): drop_caches: 3"),
            new Line(
                    "EXT4-fs \\([^)]+\\): (mounted filesystem|unmounting filesystem|re-mounted|Supports \\(experimental\\) DIO atomic writes"
                            + "|recovery complete|Quota mode|resized filesystem|resizing filesystem)",
                    "a remount",
                    "EXT4-fs (sda): re-mounted 5d1e3f1a-9f6b-4c8e-8f9b-3f8a5a0b7c11."),
            new Line(
                    "(ext4|xfs): (Unknown parameter |Bad value for 'max_atomic_write')",
                    "a remount with an option that the file system does not have, or without its value, which fails with EINVAL: fs/fs_context.c, "
                            + "vfs_parse_fs_param; fs/fs_parser.c, fs_param_bad_value",
                    "ext4: Unknown parameter 'max_atomic_write'"),
            new Line(
                    XFS
                            + "(Mounting V\\d [Ff]ilesystem|Ending clean mount|Unmounting [Ff]ilesystem|Starting recovery|Ending recovery"
                            + "|Quotacheck|resetting quota flags|EXPERIMENTAL )",
                    "a mount",
                    "XFS (sda): Mounting V5 Filesystem 5d1e3f1a-9f6b-4c8e-8f9b-3f8a5a0b7c11"),
            new Line(
                    XFS + "(max atomic write size of |cannot support (completing )?atomic writes of )",
                    "a mount whose max_atomic_write is refused: fs/xfs/xfs_mount.c, xfs_set_max_atomic_write_opt",
                    "XFS (sda): max atomic write size of 4096KB not supported with max write size of 1MB"),
            new Line(
                    "XFS: max atomic write size must be positive integer",
                    "a mount whose max_atomic_write is no number: fs/xfs/xfs_super.c, xfs_fs_parse_param",
                    "XFS: max atomic write size must be positive integer"),
            new Line(
                    "\\S+: lost filesystem error report for type \\d+ error -108",
                    "XFS shuts down what a mount had begun that then fails; nobody listens yet. A shutdown of a mounted file system "
                            + "has a complaint of its own: fs/xfs/xfs_fsops.c, xfs_do_force_shutdown; fs/fserror.c, fserror_report (7.3)",
                    "sda: lost filesystem error report for type 5 error -108"),
            new Line(
                    XFS
                            + "(Reserve blocks depleted! |Per-AG reservation for AG \\d+ failed\\. |Unable to allocate reserve blocks\\. "
                            + "|ENOSPC reserving per-AG metadata pool, |Error -28 reserving per-AG metadata reserve pool\\.)",
                    "the file system is nearly full, as an operation makes it: fs/xfs/xfs_mount.c, xfs_dec_freecounter and xfs_mountfs",
                    "XFS (sda): Per-AG reservation for AG 1 failed.  Filesystem may run out of space."),
            new Line(
                    "sd \\S+: \\[\\w+\\] tag#\\d+ (FAILED Result: |Sense Key : |Add\\. Sense: |CDB: )",
                    "details of a command that failed; the line of the block layer after them is judged: drivers/scsi/scsi_lib.c, "
                            + "scsi_io_completion_action",
                    "sd 0:0:0:0: [sda] tag#138 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s"),
            new Line(
                    "EXT4-fs \\([^)]+\\): (error count since last fsck|initial error at time|last error at time|Remounting filesystem read-only)",
                    "what follows an error that was told before: fs/ext4/super.c, print_daily_error_info and ext4_handle_error",
                    "EXT4-fs (sda): initial error at time 1700000000: trigger_test_error:131"),
            new Line(
                    XFS + "(Please )?[Uu]nmount (the filesystem )?and (run xfs_repair|rectify the problem)",
                    "what follows a complaint: fs/xfs/xfs_error.c and xfs_fsops.c",
                    "XFS (sda): Please unmount the filesystem and rectify the problem(s)"),
            new Line(
                    "(File: .* PID: \\d+ Comm: |[a-z]+\\w*: rw=\\d+, sector=\\d+, nr_sectors = |kmemleak:  )",
                    "the second line of a complaint: mm/filemap.c, dio_warn_stale_pagecache; block/blk-core.c, bio_check_eod; mm/kmemleak.c",
                    "File: /mnt/file PID: 93 Comm: java"),
            new Line(
                    "(clocksource: |hrtimer: interrupt took |perf: interrupt took too long |workqueue: .* hogged CPU for |sched: "
                            + "|INFO: NMI handler .* took too long to run|tsc: |random: crng init done|Clocksource )",
                    "the guest's processor is emulated and shares the host's: times jump",
                    "workqueue: blk_mq_run_work_fn hogged CPU for >10000us 4 times, consider switching to WQ_UNBOUND"),
            new Line(
                    "(virtio-pci|virtio_console|smpboot: |smp: |CPU\\d? |x86: |installing Xen|kvm-clock: |kvm-guest: |Will online and init "
                            + "hotplugged CPU|IPI shorthand)",
                    "the agent switches the second processor on and off",
                    "smpboot: Booting Node 0 Processor 1 APIC 0x1"),
            new Line(
                    "sysrq: ",
                    "the kit asks for stacks, or provokes a fault that it was told to seed",
                    "sysrq: Show Blocked State"));

    private KnownLines() {}
}
