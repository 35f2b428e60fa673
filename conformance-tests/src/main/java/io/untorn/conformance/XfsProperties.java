package io.untorn.conformance;

import net.jqwik.api.Label;

@Label("xfs")
final class XfsProperties extends TargetProperties {
    @Override
    public String target() {
        return "xfs";
    }
}
