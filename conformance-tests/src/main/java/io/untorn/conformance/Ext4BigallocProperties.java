package io.untorn.conformance;

import net.jqwik.api.Label;

@Label("ext4-bigalloc")
final class Ext4BigallocProperties extends TargetProperties {
    @Override
    public String target() {
        return "ext4-bigalloc";
    }
}
