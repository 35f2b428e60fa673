package io.untorn.agent.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;

/** An optional value, after whether it is there. */
record OptionalCodec(Codec<Object> content) implements Codec<Optional<Object>> {
    @Override
    public void write(ByteBuffer out, Optional<Object> value) {
        out.put((byte) (value.isPresent() ? 1 : 0));
        if (value.isPresent()) {
            content.write(out, value.get());
        }
    }

    @Override
    public Optional<Object> read(ByteBuffer in) {
        return in.get() != 0 ? Optional.of(content.read(in)) : Optional.empty();
    }
}
