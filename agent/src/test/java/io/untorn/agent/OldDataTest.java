package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.Stamp;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldDataTest {
    @Test
    void liesAtTheStartAndLeavesTheRest(@TempDir Path folder) throws Exception {
        Path disk = folder.resolve("disk");
        int length = OldData.MEBIBYTES << 20;
        Files.write(disk, new byte[length + 1]);

        OldData.lay(disk);

        byte[] expected = new byte[length + 1];
        Arrays.fill(expected, 0, length, (byte) OldData.BYTE);
        assertThat(Files.readAllBytes(disk)).isEqualTo(expected);
    }

    @Test
    void isNoOperationsDataAndNoZeros() {
        byte[] sector = new byte[512];
        Arrays.fill(sector, (byte) OldData.BYTE);

        Stamp stamp = new Stamp(1);
        int named = OldData.BYTE * 0x0101 - 1;
        stamp.fill(ByteBuffer.allocate(512), named, OldData.BYTE * 0x01010101L * Stamp.WORD);
        Contents contents = stamp.recognize(ByteBuffer.wrap(sector), 0);

        assertThat(contents.runs()).isNotEmpty().allSatisfy(run -> assertThat(run.origin())
                .isInstanceOf(Origin.Foreign.class));
    }
}
