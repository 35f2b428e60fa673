package io.untorn.model.rules;

import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Layout;
import io.untorn.model.rule.Rule;
import java.util.List;

/** What an operation may come to that is several calls in a row, or several writes that are handed over at once. */
final class SeveralCallsRules {
    private static final Rule LAYOUT_IS_ITS_CALLS = Rule.sequence(
            "layout-is-its-calls",
            "Of many plain calls in a row each answers, and does, what it would alone; they end with the first that fails "
                    + "or does less than it was asked for.",
            EVERYWHERE,
            Layout.class::isInstance,
            "write(2), RETURN VALUE",
            "fallocate(2), RETURN VALUE",
            "ioctl_ficlonerange(2), RETURN VALUE");

    private static final Rule IO_SUBMIT = Rule.sequence(
            "writes-of-one-io-submit",
            "Of several writes in one io_submit each answers, and does, what it would alone, one after another in some "
                    + "order.",
            EVERYWHERE.needing(Engine.LIBAIO.facility()),
            operation -> operation instanceof Batch batch && batch.engine() == Engine.LIBAIO,
            "io_submit(2), DESCRIPTION",
            "kernel fs/aio.c, io_submit: from the third on they may be merged on their way to the disk (6.1 to 7.3)");

    private static final Rule IO_URING_ENTER = Rule.sequence(
            "writes-of-one-io-uring-enter",
            "Of several writes in one io_uring_enter each answers, and does, what it would alone, one after another in "
                    + "some order.",
            EVERYWHERE.needing(Engine.IO_URING.facility()),
            operation -> operation instanceof Batch batch && batch.engine() == Engine.IO_URING,
            "io_uring_enter(2), DESCRIPTION",
            "io_uring_enter(2), IOSQE_IO_LINK: without it there is no order",
            "kernel io_uring/io_uring.c, io_submit_sqes (6.1 to 7.3)");

    static final List<Rule> ORDER = List.of(LAYOUT_IS_ITS_CALLS, IO_SUBMIT, IO_URING_ENTER);

    private SeveralCallsRules() {}
}
