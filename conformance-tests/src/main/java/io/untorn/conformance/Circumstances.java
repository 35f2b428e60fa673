package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.Attribute;
import io.untorn.model.ChangeAttribute;
import io.untorn.model.CloneRange;
import io.untorn.model.Fallocate;
import io.untorn.model.FillSpace;
import io.untorn.model.FreeSpace;
import io.untorn.model.HintExtentSize;
import io.untorn.model.OpenMode;
import io.untorn.model.Operation;
import io.untorn.model.Reopen;
import io.untorn.model.RwFlag;
import io.untorn.model.Subject;
import io.untorn.model.Target;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What can stand around a file before the operations of a trace: scarce space, an attribute, an extent size hint. */
final class Circumstances {
    private static final int UNITS = 3;

    private Circumstances() {}

    /** Return the operations that bring such a thing about; for a device, none of any length. */
    static Arbitrary<List<Operation>> of(Target target) {
        int unit = target.allocationUnit();
        return target.kind().isFile()
                ? Arbitraries.of(List.<List<Operation>>of(
                        scarce(target, FreeSpace.A_LITTLE),
                        scarce(target, FreeSpace.NOTHING),
                        List.of(
                                new Reopen(new OpenMode(false, true, false)),
                                new ChangeAttribute(Attribute.APPEND_ONLY),
                                withoutAppending(Write.atomic(0, unit))),
                        List.of(new ChangeAttribute(Attribute.IMMUTABLE), Write.atomic(0, unit)),
                        List.of(new ChangeAttribute(Attribute.DATA_JOURNALLED), Write.atomic(0, unit)),
                        List.of(new HintExtentSize(4 * unit))))
                : Arbitraries.just(List.of());
    }

    /** Written, unwritten and, where there can be, shared blocks; scarce space; a write over each, and into a hole. */
    private static List<Operation> scarce(Target target, FreeSpace left) {
        int unit = target.allocationUnit();
        List<Operation> operations = new ArrayList<>(
                List.of(Write.plain(Access.DIRECT, 0, unit), new Fallocate(Fallocate.Mode.ALLOCATE, unit, unit)));
        if (target.reflink()) {
            operations.add(Write.plain(Access.DIRECT, 2L * unit, unit));
            operations.add(new CloneRange(Subject.FILE, 2L * unit, Subject.TWIN, 2L * unit, unit));
        }
        operations.add(new FillSpace(left));
        LongStream.rangeClosed(0, UNITS).forEach(place -> operations.add(Write.atomic(place * unit, unit)));
        return operations;
    }

    private static Write withoutAppending(Write write) {
        return write.with(write.flags().with(RwFlag.NOAPPEND));
    }
}
