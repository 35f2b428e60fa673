package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtentsTest {
    private static final int PIECE = 65536;

    @TempDir
    private Path folder;

    private Descriptor file;

    @BeforeEach
    void open() {
        file = Descriptor.create(folder.resolve("file"));
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void writtenPiecesAndTheHolesBetweenThemAreReported() throws Exception {
        for (int i = 0; i < 5; i++) {
            write(2L * i * PIECE);
        }

        Answer<List<FileExtent>> answer = Extents.of(file.fd(), Uapi.FIEMAP_FLAG_SYNC);

        if (hasNoFiemap()) {
            assertThat(answer).isEqualTo(new Answer.Refused<>(Errnos.EOPNOTSUPP));
            return;
        }
        List<FileExtent> extents = given(answer);
        for (int i = 0; i < 5; i++) {
            long start = 2L * i * PIECE;
            assertThat(extents.stream()
                            .filter(extent -> extent.logical() >= start && extent.end() <= start + PIECE)
                            .mapToLong(FileExtent::length)
                            .sum())
                    .as("bytes mapped from %d on", start)
                    .isEqualTo(PIECE);
        }
        assertThat(extents.stream().mapToLong(FileExtent::length).sum()).isEqualTo(5 * PIECE);
        assertThat(extents)
                .filteredOn(extent -> extent.has(Uapi.FIEMAP_EXTENT_LAST))
                .hasSize(1);
        assertThat(extents).noneMatch(extent -> extent.has(Uapi.FIEMAP_EXTENT_DELALLOC));
        for (int batch = 1; batch <= extents.size(); batch++) {
            assertThat(given(Extents.of(file.fd(), 0, batch)))
                    .as("in batches of %d", batch)
                    .isEqualTo(extents);
        }
    }

    @Test
    void allocatedSpaceIsUnwrittenUntilItIsWritten() throws Exception {
        assertThat(LibC.fallocate(file.fd(), 0, 0, 3 * PIECE)).isZero();
        write(PIECE);

        Answer<List<FileExtent>> answer = Extents.of(file.fd(), Uapi.FIEMAP_FLAG_SYNC);

        if (hasNoFiemap()) {
            assertThat(answer).isEqualTo(new Answer.Refused<>(Errnos.EOPNOTSUPP));
            return;
        }
        assertThat(given(answer).stream()
                        .filter(extent -> extent.has(Uapi.FIEMAP_EXTENT_UNWRITTEN))
                        .mapToLong(FileExtent::length)
                        .sum())
                .isEqualTo(2 * PIECE);
    }

    @Test
    void anEmptyFileHasNoExtents() throws Exception {
        Answer<List<FileExtent>> expected =
                hasNoFiemap() ? new Answer.Refused<>(Errnos.EOPNOTSUPP) : new Answer.Given<>(List.of());
        assertThat(Extents.of(file.fd(), 0)).isEqualTo(expected);
    }

    @Test
    void whatHasNoExtentsRefuses() {
        int device = LibC.open("/dev/null", Uapi.O_RDONLY, 0);
        assertThat(Extents.of(device, 0)).isEqualTo(new Answer.Refused<>(Errnos.EOPNOTSUPP));
        assertThat(LibC.close(device)).isZero();
        assertThat(Extents.of(-1, 0)).isEqualTo(new Answer.Refused<>(Errnos.EBADF));
    }

    private void write(long offset) {
        try (AlignedBuffer buffer = AlignedBuffer.allocate(PIECE, 4096);
                IoVectors segments = new IoVectors(1)) {
            segments.set(0, buffer.address(), PIECE);
            assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, offset, 0))
                    .isEqualTo(PIECE);
        }
    }

    private boolean hasNoFiemap() throws Exception {
        return Files.getFileStore(folder).type().equals("tmpfs");
    }

    private static <T> T given(Answer<T> answer) {
        if (answer instanceof Answer.Given<T> given) {
            return given.value();
        }
        throw new AssertionError(answer.toString());
    }
}
