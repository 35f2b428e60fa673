package io.untorn.conformance.run;

import io.untorn.conformance.result.TargetResult;
import io.untorn.model.target.Target;

public final class SilentListener implements Listener {
    @Override
    public void progress(String line) {}

    @Override
    public void prepared(TargetResult result) {}

    @Override
    public void judged(TargetResult result) {}

    @Override
    public void shrinking(Target target, int operations) {}

    @Override
    public void finished(TargetResult result) {}
}
