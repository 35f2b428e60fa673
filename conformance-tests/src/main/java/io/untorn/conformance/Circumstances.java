package io.untorn.conformance;

import io.untorn.model.Attribute;
import io.untorn.model.ChangeAttribute;
import io.untorn.model.FillSpace;
import io.untorn.model.FreeSpace;
import io.untorn.model.HintExtentSize;
import io.untorn.model.OpenMode;
import io.untorn.model.Operation;
import io.untorn.model.Reopen;
import io.untorn.model.RwFlag;
import io.untorn.model.Target;
import io.untorn.model.Write;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What can stand around a file before the operations of a trace: scarce space, an attribute, an extent size hint. */
final class Circumstances {
    private Circumstances() {}

    /** Return the operations that bring such a thing about; for a device, none of any length. */
    static Arbitrary<List<Operation>> of(Target target) {
        int unit = target.allocationUnit();
        return target.kind().isFile()
                ? Arbitraries.of(List.<List<Operation>>of(
                        List.of(new FillSpace(FreeSpace.A_LITTLE)),
                        List.of(new FillSpace(FreeSpace.NOTHING)),
                        List.of(
                                new Reopen(new OpenMode(false, true, false)),
                                new ChangeAttribute(Attribute.APPEND_ONLY),
                                withoutAppending(Write.atomic(0, unit))),
                        List.of(new ChangeAttribute(Attribute.IMMUTABLE), Write.atomic(0, unit)),
                        List.of(new ChangeAttribute(Attribute.DATA_JOURNALLED), Write.atomic(0, unit)),
                        List.of(new HintExtentSize(4 * unit))))
                : Arbitraries.just(List.of());
    }

    private static Write withoutAppending(Write write) {
        return write.with(write.flags().with(RwFlag.NOAPPEND));
    }
}
