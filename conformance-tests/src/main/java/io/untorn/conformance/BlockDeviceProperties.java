package io.untorn.conformance;

import net.jqwik.api.Label;

@Label("bdev")
final class BlockDeviceProperties extends TargetProperties {
    @Override
    public String target() {
        return "bdev";
    }
}
