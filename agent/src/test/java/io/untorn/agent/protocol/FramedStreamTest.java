package io.untorn.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramedStreamTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        try (RandomAccessFile file = file()) {
            FramedStream stream = new FramedStream(file);
            stream.write(new byte[] {1, 2, 3});
            stream.write(new byte[0]);
            file.seek(0);

            assertThat(stream.read()).containsExactly(1, 2, 3);
            assertThat(stream.read()).isEmpty();
            assertThatThrownBy(stream::read).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void putsTheHighByteOfTheLengthFirst() throws IOException {
        try (RandomAccessFile file = file()) {
            new FramedStream(file).write(new byte[258]);
            file.seek(0);

            assertThat(file.readInt()).isEqualTo(258);
        }
    }

    @Test
    void refusesAnAnnouncedLengthOverTheLimit() throws IOException {
        try (RandomAccessFile file = file()) {
            file.writeInt((64 << 20) + 1);
            file.seek(0);

            assertThatThrownBy(new FramedStream(file)::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("67108865")
                    .hasMessageContaining("67108864");
        }
    }

    private RandomAccessFile file() throws IOException {
        return new RandomAccessFile(folder.resolve("port").toFile(), "rw");
    }
}
