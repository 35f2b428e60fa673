package io.untorn.conformance.generate.partition;

/** How cells are chosen for an atomic write, and how often each strategy is taken, in proportion to the others. */
enum Strategy {
    /** Legal in every respect. */
    LEGAL(34),
    /** Legal but in one respect. */
    ILLEGAL_FOR_ONE_REASON(20),
    /** Legal but in two respects. */
    ILLEGAL_FOR_TWO_REASONS(6),
    /** In every respect by itself. */
    INDEPENDENT(14),
    /** Into the cells, or two that cross, whose turn it is: all of them come once before any comes again. */
    AIMED(28);

    private final int weight;

    Strategy(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
