package io.untorn.conformance.partition;

/** Two dimensions, each cell of the one with each of the other. */
public record Crossing(Dimension first, Dimension second) {
    /** Return what reports call it. */
    public String name() {
        return first.name() + " × " + second.name();
    }
}
