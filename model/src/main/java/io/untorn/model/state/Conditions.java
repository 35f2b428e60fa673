package io.untorn.model.state;

import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.FreeSpace;

/**
 * What stands around the file's data.
 *
 * @param space how much of the file system is free
 * @param attribute what chattr(1) made of the file
 */
public record Conditions(FreeSpace space, Attribute attribute) {
    /** What a trace begins with. */
    static final Conditions PRISTINE = new Conditions(FreeSpace.PLENTY, Attribute.NONE);
}
