package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibCTest {
    private static final int UNKNOWN_FLAG = 0x4000_0000;

    @TempDir
    private Path folder;

    private Path path;
    private Descriptor file;
    private AlignedBuffer buffer;
    private IoVectors segments;

    @BeforeEach
    void open() {
        path = folder.resolve("file");
        file = Descriptor.create(path);
        buffer = AlignedBuffer.allocate(8192, 4096);
        segments = new IoVectors(2);
        for (int i = 0; i < buffer.size(); i++) {
            buffer.bytes().put(i, (byte) (i % 251));
        }
    }

    @AfterEach
    void close() {
        segments.close();
        buffer.close();
        file.close();
    }

    @Test
    void oneSegmentComesBackAsItWasWritten() {
        segments.set(0, buffer.address(), 1000);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, 5, 0)).isEqualTo(1000);

        segments.set(0, buffer.address() + 4096, 4096);
        assertThat(LibC.preadv2(file.fd(), segments.address(), 1, 5, 0)).isEqualTo(1000);
        assertThat(buffer.bytes().slice(4096, 1000)).isEqualTo(buffer.bytes().slice(0, 1000));
    }

    @Test
    void twoSegmentsAreWrittenOneAfterTheOther() throws Exception {
        segments.set(0, buffer.address() + 100, 3);
        segments.set(1, buffer.address() + 10, 2);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 2, 0, Uapi.RWF_DSYNC))
                .isEqualTo(5);
        assertThat(Files.readAllBytes(path)).containsExactly(100, 101, 102, 10, 11);

        segments.set(0, buffer.address(), 1);
        segments.set(1, buffer.address() + 4096, 4);
        assertThat(LibC.preadv2(file.fd(), segments.address(), 2, 0, 0)).isEqualTo(5);
        assertThat(buffer.bytes().get(0)).isEqualTo((byte) 100);
        assertThat(buffer.bytes().getInt(4096)).isEqualTo(0x0b0a6665);
    }

    @Test
    void offsetsHave64Bits() {
        long offset = 0x1_2345_6789L;
        segments.set(0, buffer.address(), 1);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, offset, 0)).isEqualTo(1);
        assertThat(path).hasSize(offset + 1);
    }

    @Test
    void offsetMinusOneWritesAtThePosition() {
        segments.set(0, buffer.address(), 7);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, -1, 0)).isEqualTo(7);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, -1, 0)).isEqualTo(7);
        assertThat(path).hasSize(14);
    }

    @Test
    void whatTheKernelRefusesIsItsNegatedErrno() {
        segments.set(0, buffer.address(), 512);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, 0, UNKNOWN_FLAG))
                .isEqualTo(Errnos.EOPNOTSUPP);
        assertThat(LibC.preadv2(file.fd(), segments.address(), 1, 0, UNKNOWN_FLAG))
                .isEqualTo(Errnos.EOPNOTSUPP);
        assertThat(LibC.preadv2(file.fd(), segments.address(), 1, 0, Uapi.RWF_ATOMIC))
                .isEqualTo(Errnos.EOPNOTSUPP);
        assertThat(LibC.pwritev2(-1, segments.address(), 1, 0, 0)).isEqualTo(Errnos.EBADF);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1, -2, 0)).isEqualTo(Errnos.EINVAL);
        assertThat(LibC.pwritev2(file.fd(), segments.address(), 1025, 0, 0)).isEqualTo(Errnos.EINVAL);
        assertThat(LibC.pwritev2(file.fd(), 1, 2, 0, 0)).isEqualTo(Errnos.EFAULT);
        assertThat(LibC.close(-1)).isEqualTo(Errnos.EBADF);
        assertThat(LibC.open(folder.resolve("none").toString(), Uapi.O_RDONLY, 0))
                .isEqualTo(Errnos.ENOENT);
        assertThat(path).isEmptyFile();
    }

    @Test
    void anErrnoOfAnEarlierCallIsNotTakenForThisOnes() {
        assertThat(LibC.fsync(-1)).isEqualTo(Errnos.EBADF);
        assertThat(LibC.fsync(file.fd())).isZero();
        assertThat(LibC.fdatasync(file.fd())).isZero();
        assertThat(LibC.ioctl(file.fd(), Uapi.BLKSSZGET, buffer.address())).isEqualTo(Errnos.ENOTTY);
    }

    @Test
    void ftruncateSetsTheSize() {
        assertThat(LibC.ftruncate(file.fd(), 12345)).isZero();
        assertThat(path).hasSize(12345);
        assertThat(LibC.ftruncate(file.fd(), -1)).isEqualTo(Errnos.EINVAL);
    }

    @Test
    void fallocateExtendsTheFileUnlessKeepSizeIsSet() {
        assertThat(LibC.fallocate(file.fd(), Uapi.FALLOC_FL_KEEP_SIZE, 0, 65536))
                .isZero();
        assertThat(path).hasSize(0);
        assertThat(LibC.fallocate(file.fd(), 0, 4096, 65536)).isZero();
        assertThat(path).hasSize(4096 + 65536);
        assertThat(LibC.fallocate(file.fd(), 0, 0, 0)).isEqualTo(Errnos.EINVAL);
    }

    @Test
    void unlinkRemovesTheName() {
        assertThat(LibC.unlink(path.toString())).isZero();
        assertThat(path).doesNotExist();
        assertThat(LibC.unlink(path.toString())).isEqualTo(Errnos.ENOENT);
    }

    @Test
    void pathsAreUtf8WhateverTheLocale() throws Exception {
        int fd = LibC.open(folder + "/\u00e4", Uapi.O_WRONLY | Uapi.O_CREAT, 0600);
        assertThat(LibC.close(fd)).isZero();

        Process test = new ProcessBuilder("sh", "-c", "test -e \"$(printf '\\303\\244')\"")
                .directory(folder.toFile())
                .start();
        assertThat(test.waitFor()).isZero();
    }
}
