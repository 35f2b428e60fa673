package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Rule.unreachable;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.rules.WriteAnswers.refusing;
import static io.untorn.model.rules.WriteAnswers.refusingLate;
import static io.untorn.model.rules.WriteAnswers.write;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.target.Facility;
import java.util.List;
import java.util.stream.Stream;

/** What a block device makes of a write, after {@link SyscallEntryRules}: of plain ones only what it refuses. */
final class DeviceWriteRules {
    private static final Scope ATOMIC_DEVICES = DEVICES.since(6, 11).where(PRESENT);
    private static final int MAX_PAGES = 256;
    private static final String MAN = "pwritev2(2), RWF_ATOMIC";
    private static final String BLKDEV_WRITE = "kernel block/fops.c, blkdev_write_iter (6.1 to 7.1)";

    private static final Rule DEVICE_MUST_BE_WRITABLE = unreachable(
            "device-must-be-writable",
            "A write to a device that is set read-only fails with EPERM, to one used as swap with ETXTBSY.",
            DEVICES,
            "kernel block/fops.c, blkdev_write_iter (6.11 to 7.3)");

    private static final Rule DEVICE_WRITE_OF_NO_BYTES = answering(
            "device-write-of-no-bytes",
            "A write of no bytes through io_uring or libaio to a block device returns 0, whatever its place.",
            DEVICES.needing(Facility.LIBAIO),
            write((write, on) -> write.length() == 0, (write, on) -> required(DONE, on.state())),
            BLKDEV_WRITE);

    private static final Rule DEVICE_WRITE_BEYOND_END = answering(
            "device-write-beyond-end",
            "A write that begins at or beyond the end of a block device fails with ENOSPC.",
            DEVICES,
            refusing(Errno.ENOSPC, (write, on) -> on.place(write) >= on.size()),
            "write(2), ERRORS, ENOSPC",
            "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)");

    private static final Rule DEVICE_NOWAIT_NEEDS_DIRECT = answering(
            "device-nowait-needs-direct",
            "RWF_NOWAIT without O_DIRECT fails with EOPNOTSUPP on a block device.",
            DEVICES,
            refusing(
                    Errno.EOPNOTSUPP,
                    (write, on) -> write.flags().has(RwFlag.NOWAIT) && write.access() == Access.BUFFERED),
            "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)");

    private static final Rule DEVICE_ATOMIC_WRITE_WITHIN_END = answering(
            "device-atomic-write-within-end",
            "An atomic write that crosses the end of a block device fails with EINVAL; it is never cut.",
            ATOMIC_DEVICES,
            refusing(Errno.EINVAL, (write, on) -> write.atomic() && on.place(write) + write.length() > on.size()),
            "kernel block/fops.c, blkdev_write_iter (6.13 to 7.3; in 6.12.y from early on)");

    private static final Rule DEVICE_LENGTH_IN_LOGICAL_BLOCKS = answering(
            "device-length-in-logical-blocks",
            "An atomic write to a block device is in whole logical blocks.",
            ATOMIC_DEVICES,
            refusingLate(
                    Errno.EINVAL,
                    (write, on) -> write.atomic() && !on.isDirectAligned(on.place(write), write.length())),
            "open(2), NOTES, O_DIRECT",
            "kernel block/fops.c, blkdev_dio_invalid (6.12 to 7.3)");

    private static final Rule DEVICE_DATA_IN_256_PAGES = answering(
            "device-data-in-256-pages",
            "The data of an atomic write to a block device lies in at most 256 pages of memory.",
            ATOMIC_DEVICES,
            refusingLate(Errno.EINVAL, (write, on) -> write.atomic() && pages(write) > MAX_PAGES),
            "kernel block/fops.c, blkdev_direct_IO: BIO_MAX_VECS (6.12 to 7.3)");

    private static final Rule LENGTH_WITHIN_DEVICE_LIMITS = answering(
            "length-within-device-limits",
            "The length of an atomic write to a block device is at least unit_min and at most unit_max.",
            ATOMIC_DEVICES,
            refusingLate(Errno.EINVAL, WriteConditions::isOutsideLimits),
            MAN,
            "kernel block/blk-core.c, blk_validate_atomic_write_op_size (6.12 to 7.3)");

    private static final Rule DEVICE_NOWAIT_MAY_ASK_AGAIN = answering(
            "device-nowait-may-ask-again",
            "An atomic write with RWF_NOWAIT may fail with EAGAIN if pages are cached, even if a rule from "
                    + "device-length-in-logical-blocks on refuses it; else RWF_NOWAIT changes nothing.",
            ATOMIC_DEVICES,
            write((write, on) -> write.atomic() && write.flags().has(RwFlag.NOWAIT), WriteExpectations::doneOrAskAgain),
            "preadv2(2), RWF_NOWAIT",
            "kernel block/fops.c, blkdev_direct_write; mm/filemap.c, kiocb_invalidate_pages (6.12 to 7.3)");

    private static final Rule DEVICE_NEEDS_NO_SPLIT = unreachable(
            "device-needs-no-split",
            "An atomic write that the queue would have to split, or that crosses a boundary of the device, fails with "
                    + "EINVAL.",
            ATOMIC_DEVICES,
            "kernel block/blk-merge.c, bio_split_rw_at; drivers/nvme/host/core.c, nvme_valid_atomic_write (6.12 to "
                    + "7.3)");

    private static final Rule DEVICE_REJECTS = unreachable(
            "device-rejects",
            "A SCSI disk that rejects WRITE ATOMIC(16) makes the write fail with EREMOTEIO, a medium error with EIO; "
                    + "the data is then old or new.",
            ATOMIC_DEVICES,
            "kernel drivers/scsi/scsi_lib.c, scsi_result_to_blk_status (6.12 to 7.3)");

    private static final Rule ATOMIC_WRITE_RETURNS_ITS_LENGTH = answering(
                    "atomic-write-returns-its-length",
                    "A legal atomic write to a block device returns its length: never less, never an error.",
                    ATOMIC_DEVICES,
                    write((write, on) -> write.atomic(), (write, on) -> on.stored(write)),
                    MAN,
                    "kernel block/fops.c, blkdev_write_iter (6.12 to 7.3)")
            .promised();

    /** The rules in the order of the kernel's checks. */
    static final List<Rule> ORDER = Stream.of(
                    List.of(
                            DEVICE_MUST_BE_WRITABLE,
                            DEVICE_WRITE_OF_NO_BYTES,
                            DEVICE_WRITE_BEYOND_END,
                            DEVICE_NOWAIT_NEEDS_DIRECT),
                    AtomicFormRules.request(ATOMIC_DEVICES),
                    List.of(DEVICE_ATOMIC_WRITE_WITHIN_END, DEVICE_LENGTH_IN_LOGICAL_BLOCKS, DEVICE_DATA_IN_256_PAGES),
                    AtomicFormRules.memory(ATOMIC_DEVICES),
                    List.of(
                            LENGTH_WITHIN_DEVICE_LIMITS,
                            DEVICE_NOWAIT_MAY_ASK_AGAIN,
                            DEVICE_NEEDS_NO_SPLIT,
                            DEVICE_REJECTS,
                            ATOMIC_WRITE_RETURNS_ITS_LENGTH))
            .flatMap(List::stream)
            .toList();

    private DeviceWriteRules() {}

    private static int pages(Write write) {
        int start = write.buffer().startOf(write.length());
        return (start + write.length() + Buffer.PAGE - 1) / Buffer.PAGE;
    }
}
