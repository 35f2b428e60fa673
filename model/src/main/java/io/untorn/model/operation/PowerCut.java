package io.untorn.model.operation;

/** Cut the power, start again, mount, and open the target in the mode it had. RLIMIT_FSIZE is as it was. */
public record PowerCut() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "power cut";
    }
}
