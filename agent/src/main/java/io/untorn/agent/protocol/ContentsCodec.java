package io.untorn.agent.protocol;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import java.nio.ByteBuffer;
import java.util.List;

/** Contents as where they begin, and the length and origin of each run. */
record ContentsCodec(Codec<Origin> origins) implements Codec<Contents> {
    @Override
    public void write(ByteBuffer out, Contents contents) {
        out.putLong(contents.from());
        List<Contents.Run> runs = contents.runs();
        out.putInt(runs.size());
        for (Contents.Run run : runs) {
            out.putLong(run.length());
            origins.write(out, run.origin());
        }
    }

    @Override
    public Contents read(ByteBuffer in) {
        Contents.Builder contents = new Contents.Builder(in.getLong());
        for (int left = Codec.readCount(in); left > 0; left--) {
            contents.append(in.getLong(), origins.read(in));
        }
        return contents.build();
    }
}
