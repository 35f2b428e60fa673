package io.untorn.conformance;

import net.jqwik.api.Label;

@Label("ext4")
final class Ext4Properties extends TargetProperties {
    @Override
    public String target() {
        return "ext4";
    }
}
