package io.untorn.model.state;

import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.FreeSpace;
import java.util.Optional;

/**
 * What stands around the file's data.
 *
 * @param space how much of the file system is free
 * @param attribute what chattr(1) made of the file
 * @param mapping what the process keeps mapped
 */
public record Conditions(FreeSpace space, Attribute attribute, Optional<HeldMapping> mapping) {
    /** What a trace begins with. */
    static final Conditions PRISTINE = new Conditions(FreeSpace.PLENTY, Attribute.NONE, Optional.empty());

    Conditions with(FreeSpace other) {
        return new Conditions(other, attribute, mapping);
    }

    Conditions with(Attribute other) {
        return new Conditions(space, other, mapping);
    }

    Conditions with(Optional<HeldMapping> other) {
        return new Conditions(space, attribute, other);
    }

    /** Return these after all that was stored through the mapping was written back. */
    Conditions writtenBack() {
        return with(mapping.map(held -> held.dirty(false)));
    }
}
