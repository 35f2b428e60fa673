package io.untorn.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of every operation but {@link Write}, whose order of checks is a matter of its own. Operations make theirs when
 * they are asked, not when they are loaded: a guest, which runs operations and judges none, starts a third of a second sooner.
 */
final class OperationRules {
    static final List<Rule> ALL = Stream.of(
                    Read.rules(),
                    MapLoad.rules(),
                    MapStore.rules(),
                    Truncate.rules(),
                    Fallocate.rules(),
                    CloneRange.rules(),
                    Sync.rules(),
                    Reopen.rules(),
                    Remount.rules(),
                    LimitFileSize.rules(),
                    FillSpace.rules(),
                    DropCaches.rules(),
                    HintExtentSize.rules(),
                    ChangeAttribute.rules(),
                    PowerCut.rules(),
                    Statx.rules(),
                    MapExtents.rules())
            .flatMap(List::stream)
            .toList();

    private OperationRules() {}
}
