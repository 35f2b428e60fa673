package io.untorn.conformance.report;

import io.untorn.model.history.Environment;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiDebug;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.rules.DerivedLimits;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists the limits of a disk and of the targets on it, computed and observed, side by side. */
public final class LimitsReport {
    private static final List<String> HEADINGS = List.of("", "value", "computed", "observed", "computed from");
    private static final Set<Integer> NUMBERS = Set.of(2, 3);
    private static final int KIBIBYTE = 1024;
    private static final int SECTOR = 512;

    private final String diskParameters;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Begin a report.
     *
     * @param diskParameters what the module scsi_debug was given
     */
    public LimitsReport(String diskParameters) {
        this.diskParameters = diskParameters;
    }

    /** One value, in the terms and units of its source. */
    private record Line(String of, String from, String value, long computed, long observed) {
        boolean differs() {
            return computed != observed;
        }

        List<String> cells() {
            return List.of(of, value, Long.toString(computed), observed + (differs() ? " !" : "  "), from);
        }
    }

    /** The lines with one derivation. */
    private record Section(String of, String from, List<Line> lines) {
        void add(String value, long computed, long observed) {
            lines.add(new Line(of, from, value, computed, observed));
        }

        void add(String value, boolean computed, boolean observed) {
            add(value, computed ? 1 : 0, observed ? 1 : 0);
        }
    }

    /** Add a target, with the disk before the first. */
    public void add(Target target, Environment found) {
        DerivedLimits derived = DerivedLimits.of(target, found);
        if (lines.isEmpty()) {
            addPage(
                    ScsiDebug.profile(diskParameters, found.kernel()),
                    found.disk().profile());
            addQueue(derived.queue(), found.disk().limits(), found.disk().geometry());
        }
        addStatx(target, derived.statx(), found);
    }

    private void addPage(ScsiProfile computed, ScsiProfile observed) {
        Section disk = new Section("disk", "scsi_debug's parameters", lines);
        disk.add("VPD B0h, maximum atomic transfer length", computed.maxLength(), observed.maxLength());
        disk.add("VPD B0h, atomic alignment", computed.alignment(), observed.alignment());
        disk.add("VPD B0h, atomic transfer length granularity", computed.granularity(), observed.granularity());
        disk.add(
                "VPD B0h, maximum atomic transfer length with boundary",
                computed.maxLengthWithBoundary(),
                observed.maxLengthWithBoundary());
        disk.add("VPD B0h, maximum atomic boundary size", computed.maxBoundary(), observed.maxBoundary());
        disk.add("sysfs logical_block_size", computed.logicalBlockSize(), observed.logicalBlockSize());
        disk.add("sysfs physical_block_size", computed.physicalBlockSize(), observed.physicalBlockSize());
        disk.add("sysfs protection_type", computed.protectionType(), observed.protectionType());
    }

    private void addQueue(QueueLimits computed, QueueLimits observed, QueueGeometry geometry) {
        Section queue = new Section(
                "queue",
                "VPD B0h, max_hw_sectors_kb " + geometry.maxHardwareBytes() / KIBIBYTE + ", max_segments "
                        + geometry.maxSegments() + ", chunk_sectors " + geometry.chunkSize() / SECTOR,
                lines);
        queue.add("sysfs atomic_write_unit_min_bytes", computed.unitMin(), observed.unitMin());
        queue.add("sysfs atomic_write_unit_max_bytes", computed.unitMax(), observed.unitMax());
        queue.add("sysfs atomic_write_max_bytes", computed.max(), observed.max());
        queue.add("sysfs atomic_write_boundary_bytes", computed.boundary(), observed.boundary());
    }

    private void addStatx(Target target, StatxAnswer computed, Environment found) {
        Section statx = new Section(target.name(), from(target, found.xfs()), lines);
        Limits expected = computed.limits();
        Limits reported = found.limits();
        statx.add("statx stx_atomic_write_unit_min", expected.unitMin(), reported.unitMin());
        statx.add("statx stx_atomic_write_unit_max", expected.unitMax(), reported.unitMax());
        statx.add("statx stx_atomic_write_unit_max_opt", expected.unitMaxOptimal(), reported.unitMaxOptimal());
        statx.add("statx stx_atomic_write_segments_max", expected.segmentsMax(), reported.segmentsMax());
        statx.add("statx WRITE_ATOMIC in stx_attributes", expected.attribute(), reported.attribute());
        statx.add(
                "statx WRITE_ATOMIC in stx_attributes_mask",
                computed.inAttributesMask(),
                found.statx().inAttributesMask());
        statx.add(
                "statx WRITE_ATOMIC in stx_mask",
                computed.inMask(),
                found.statx().inMask());
    }

    private static String from(Target target, XfsGeometry xfs) {
        return switch (target.kind()) {
            case BLOCK_DEVICE -> "queue";
            case EXT4 -> "queue, block " + target.blockSize() + ", cluster " + target.clusterSize();
            case XFS ->
                "queue, block " + xfs.blockSize() + ", group of " + xfs.groupBlocks() + " blocks, "
                        + (xfs.reflink() ? "reflink, log reservation" : "no reflink");
        };
    }

    /** Return how many values were observed to be other than computed. */
    public int differences() {
        return (int) lines.stream().filter(Line::differs).count();
    }

    /** Return a table, a line for each value; an exclamation mark where the two differ. */
    @Override
    public String toString() {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        lines.forEach(line -> rows.add(line.cells()));
        return TextTable.of(rows, NUMBERS);
    }
}
