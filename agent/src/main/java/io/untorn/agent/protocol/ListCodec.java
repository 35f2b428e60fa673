package io.untorn.agent.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A list as its elements, after their count. */
record ListCodec(Codec<Object> element) implements Codec<List<Object>> {
    @Override
    public void write(ByteBuffer out, List<Object> list) {
        out.putInt(list.size());
        for (Object value : list) {
            element.write(out, value);
        }
    }

    @Override
    public List<Object> read(ByteBuffer in) {
        List<Object> list = new ArrayList<>();
        for (int left = Codec.readCount(in); left > 0; left--) {
            list.add(element.read(in));
        }
        return list;
    }
}
