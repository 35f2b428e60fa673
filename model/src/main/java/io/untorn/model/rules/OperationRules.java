package io.untorn.model.rules;

import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The rules of every operation but {@link Write}, whose order of checks is a matter of its own. */
final class OperationRules {
    static final List<Rule> ALL = Stream.of(
                    ReadRules.ORDER,
                    MapLoadRules.ORDER,
                    MapStoreRules.ORDER,
                    HeldMappingRules.ORDER,
                    TruncateRules.ORDER,
                    FallocateRules.ORDER,
                    CloneRangeRules.ORDER,
                    SeveralCallsRules.ORDER,
                    SyncRules.ORDER,
                    TellPositionRules.ORDER,
                    ReopenRules.ORDER,
                    RemountRules.ORDER,
                    LimitFileSizeRules.ORDER,
                    FillSpaceRules.ORDER,
                    DropCachesRules.ORDER,
                    HintExtentSizeRules.ORDER,
                    ChangeAttributeRules.ORDER,
                    PowerCutRules.ORDER,
                    StatxRules.ORDER,
                    MapExtentsRules.ORDER,
                    AuditRules.ORDER)
            .flatMap(List::stream)
            .toList();

    private OperationRules() {}
}
