package io.untorn.conformance.run;

import io.untorn.conformance.result.Tally;
import io.untorn.model.target.Target;

public final class SilentListener implements Listener {
    @Override
    public void progress(String line) {}

    @Override
    public void prepared(Tally tally) {}

    @Override
    public void judged(Tally tally) {}

    @Override
    public void shrinking(Target target, int operations) {}

    @Override
    public void finished(Tally tally) {}
}
