package io.untorn.agent;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx.Via;
import java.util.Optional;

/** What statx reports, and what mounts take, with one fault seeded. */
final class FaultyStatx {
    private static final int RAISED = 16 << 10;
    private static final int MANY = 7;
    private static final int NO_OPTION = 0;

    private final SystemCalls kernel;
    private final SystemCallFault fault;
    private Optional<Mounted> mounted = Optional.empty();

    /** The option, in bytes, with which the file system of an open target was mounted last. */
    private record Mounted(OpenTarget target, int option) {}

    FaultyStatx(SystemCalls kernel, SystemCallFault fault) {
        this.kernel = kernel;
        this.fault = fault;
    }

    /** Mount again, and remember the option that is in force then. */
    int mount(OpenTarget target, Remount remount) {
        int result = kernel.mount(target, remount);
        boolean takesAny = fault == SystemCallFault.MOUNT_TAKES_ANY_SIZE && result == -Errno.EINVAL.number();
        if (result == 0 || takesAny) {
            long option = remount.asked().orElse(NO_OPTION);
            mounted = Optional.of(new Mounted(target, (int) Math.min(option, Integer.MAX_VALUE)));
        } else if (remount.unmounts()) {
            mounted = Optional.empty();
        }
        return takesAny ? 0 : result;
    }

    Answer<StatxResult> statx(OpenTarget target, Via via) {
        Answer<StatxResult> answer = kernel.statx(target, asked(via));
        return answer instanceof Answer.Given<StatxResult> given
                ? new Answer.Given<>(reported(given.value(), via, option(target)))
                : answer;
    }

    private int option(OpenTarget target) {
        return mounted.filter(last -> last.target == target)
                .map(Mounted::option)
                .orElse(NO_OPTION);
    }

    /** Return what is asked about instead. */
    private Via asked(Via via) {
        boolean other = (fault == SystemCallFault.STATX_OF_LINK_TELLS_LIMITS && via == Via.LINK)
                || (fault == SystemCallFault.STATX_OF_DIRECTORY_TELLS_LIMITS && via == Via.DIRECTORY);
        return other ? Via.DESCRIPTOR : via;
    }

    private StatxResult reported(StatxResult right, Via via, int option) {
        boolean silent = (fault == SystemCallFault.STATX_OF_PATH_SILENT && via == Via.PATH)
                || (fault == SystemCallFault.STATX_OF_O_PATH_SILENT && via == Via.O_PATH)
                || (fault == SystemCallFault.STATX_OF_FOLLOWED_LINK_SILENT && via == Via.LINK_FOLLOWED);
        boolean without = (right.attributes() & Uapi.STATX_ATTR_WRITE_ATOMIC) == 0;
        if (silent) {
            return right.with(right.attributes() & ~Uapi.STATX_ATTR_WRITE_ATOMIC, 0, 0, 0, 0);
        }
        return without ? right : wrong(right, option);
    }

    private StatxResult wrong(StatxResult right, int option) {
        boolean optional = option != NO_OPTION;
        boolean raised = optional && fault == SystemCallFault.MOUNT_RAISES_MIN;
        boolean segmented = optional && fault == SystemCallFault.MOUNT_ADDS_SEGMENTS;
        boolean stripped = optional && fault == SystemCallFault.MOUNT_DROPS_ATTRIBUTE;
        boolean any = optional && fault == SystemCallFault.MOUNT_TAKES_ANY_SIZE;
        int doubled = fault == SystemCallFault.STATX_MAX_DOUBLED ? 1 : 0;
        return right.with(
                right.attributes() & ~(stripped ? Uapi.STATX_ATTR_WRITE_ATOMIC : 0),
                raised ? RAISED : right.atomicWriteUnitMin(),
                any ? option : right.atomicWriteUnitMax() << doubled,
                right.atomicWriteUnitMaxOpt(),
                segmented ? MANY : right.atomicWriteSegmentsMax());
    }
}
