package io.untorn.conformance.generate.partition;

/** How cells are chosen for an atomic write, and how often each strategy is used, in proportion to the others. */
enum Strategy {
    /** Legal in every respect. */
    LEGAL(34),
    /** Legal except in one respect. */
    ILLEGAL_FOR_ONE_REASON(20),
    /** Legal except in two respects. */
    ILLEGAL_FOR_TWO_REASONS(6),
    /** In each dimension independently. */
    INDEPENDENT(14),
    /** For the cell, or the crossing of two, whose turn it is: each comes once before any comes again. */
    AIMED(45);

    private final int weight;

    Strategy(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
