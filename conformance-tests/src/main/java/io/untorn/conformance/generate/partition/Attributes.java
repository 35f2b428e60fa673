package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import java.util.List;
import java.util.Random;

/** The attribute that chattr(1) gave the file; a device has none. */
final class Attributes {
    static final Dimension ATTRIBUTE = new Dimension(
                    "attribute",
                    300,
                    List.of(
                            cell("none", Attribute.NONE, Attributes::nothing).legal(1),
                            Cell.of(
                                            "append-only, RWF_NOAPPEND",
                                            attempt -> attempt.attribute() == Attribute.APPEND_ONLY
                                                    && attempt.write().flags().has(RwFlag.NOAPPEND),
                                            Attributes::appendOnlyNotAppending)
                                    .illegal(3)
                                    .on(Testbed::isFile),
                            cell("append-only", Attribute.APPEND_ONLY, Attributes::appendOnly)
                                    .legal(5)
                                    .on(Testbed::isFile),
                            cell("immutable", Attribute.IMMUTABLE, changed(Attribute.IMMUTABLE))
                                    .illegal(3)
                                    .on(Testbed::isFile),
                            cell("data-journalled", Attribute.DATA_JOURNALLED, changed(Attribute.DATA_JOURNALLED))
                                    .legal(5)
                                    .on(Testbed::journalsData)))
            .ordinarily(attempt -> attempt.on(attempt.state().attributed(Attribute.NONE)));

    private Attributes() {}

    private static Cell cell(String name, Attribute attribute, Cell.Maker maker) {
        return Cell.of(name, attempt -> attempt.attribute() == attribute, maker);
    }

    private static Draft nothing(Draft draft, Random random) {
        return draft.prepared(new ChangeAttribute(Attribute.NONE));
    }

    private static Cell.Maker changed(Attribute attribute) {
        return (draft, random) -> changed(draft, attribute);
    }

    private static Draft changed(Draft draft, Attribute attribute) {
        return draft.prepared(new ChangeAttribute(attribute)).undone(new ChangeAttribute(Attribute.NONE));
    }

    /** A descriptor that was open before may still write anywhere, so the file is opened again. */
    private static Draft appendOnly(Draft draft, Random random) {
        Draft opened =
                draft.prepared(new Reopen(new OpenMode(false, true, false))).undone(new Reopen(OpenMode.READ_WRITE));
        return changed(opened, Attribute.APPEND_ONLY);
    }

    private static Draft appendOnlyNotAppending(Draft draft, Random random) {
        Draft only = appendOnly(draft, random);
        return only.with(only.write().with(only.write().flags().with(RwFlag.NOAPPEND)));
    }
}
