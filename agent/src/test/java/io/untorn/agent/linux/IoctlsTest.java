package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.linux.struct.xfs_fsop_geom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoctlsTest {
    private static final Set<String> WITHOUT_REFLINK = Set.of("ext2", "ext3", "ext4", "tmpfs");

    @TempDir
    private Path folder;

    @Test
    void cloningGivesTheKernelsErrno() throws Exception {
        try (Descriptor source = Descriptor.create(folder.resolve("source"));
                Descriptor destination = Descriptor.create(folder.resolve("destination"))) {
            assertThat(LibC.ftruncate(source.fd(), 65536)).isZero();
            assertThat(Ioctls.cloneRange(-1, 0, 0, destination.fd(), 0)).isEqualTo(Errnos.EBADF);
            assertThat(Ioctls.cloneRange(source.fd(), 0, 0, -1, 0)).isEqualTo(Errnos.EBADF);

            int result = Ioctls.cloneRange(source.fd(), 0, 65536, destination.fd(), 131072);

            if (WITHOUT_REFLINK.contains(Files.getFileStore(folder).type())) {
                assertThat(result).isEqualTo(Errnos.EOPNOTSUPP);
            } else {
                assertThat(result).isIn(0, Errnos.EOPNOTSUPP);
                assertThat(folder.resolve("destination")).hasSize(result == 0 ? 131072 + 65536 : 0);
            }
        }
    }

    @Test
    void aFileIsNoBlockDevice() {
        try (Descriptor file = Descriptor.create(folder.resolve("file"))) {
            assertThat(Ioctls.deviceSize(file.fd())).isEqualTo(Errnos.ENOTTY);
            assertThat(Ioctls.logicalBlockSize(file.fd())).isEqualTo(Errnos.ENOTTY);
        }
    }

    @Test
    void onlyXfsHasItsGeometry() throws Exception {
        try (Descriptor file = Descriptor.create(folder.resolve("file"))) {
            Answer<xfs_fsop_geom> answer = Ioctls.xfsGeometry(file.fd());

            if (Files.getFileStore(folder).type().equals("xfs")) {
                assertThat(((Answer.Given<xfs_fsop_geom>) answer).value().blocksize)
                        .isGreaterThanOrEqualTo(512);
            } else {
                assertThat(answer).isEqualTo(new Answer.Refused<>(Errnos.ENOTTY));
            }
        }
    }
}
