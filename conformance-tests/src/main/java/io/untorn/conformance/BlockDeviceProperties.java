package io.untorn.conformance;

import net.jqwik.api.Label;

@Label("bdev")
final class BlockDeviceProperties extends TargetProperties {
    @Override
    String target() {
        return "bdev";
    }
}
