package io.untorn.model.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NewLinesTest {
    @Test
    void linesOfOnePlaceAreOne() {
        assertThat(NewLines.in(List.of(
                        "[    1.0] quux (sda1): 12 blocks at 0xffff888103a1d008 are odd, 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22",
                        "[    2.0] quux (sdb): 7 blocks at 0x1 are odd, 0c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22",
                        "[    3.0][   T93] quux (nvme0n1): 7 blocks at 0x1 are odd, 0c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22",
                        "[    4.0] blk_print_req_error: 12 callbacks suppressed")))
                .containsExactly(
                        "blk_print_req_error: N callbacks suppressed", "quux (DEV): N blocks at N are odd, UUID");
    }

    @Test
    void complaintsMarksExpectedLinesAndContinuationsAreNone() {
        assertThat(NewLines.in(List.of(
                        "[    1.0] " + OperationMark.before(0),
                        "[    1.0] ------------[ cut here ]------------",
                        "[    1.0] WARNING: fs/iomap/direct-io.c:370 at iomap_dio_bio_iter+0x5ee/0x690, CPU#0: java/93",
                        "[    1.0] some line of the report",
                        "[    1.0] ---[ end trace 0000000000000000 ]---",
                        "[    1.0] XFS (sda): User initiated shutdown received. Shutting down filesystem",
                        "[    1.0]  iomap_dio_rw+0x12/0x40",
                        "[    1.0] RIP: 0033:0x7f80e6003261",
                        "[    1.0] R10: 0000000000000000 R11: 0000000000000246 R12: 000000000000000d",
                        "what a process wrote",
                        "[    1.0] java (93): drop_caches: 3",
                        "[    1.0] " + OperationMark.end(1))))
                .isEmpty();
    }

    @Test
    void aLineLikeOneOfAComplaintIsStillNew() {
        assertThat(NewLines.in(List.of(
                        "[    1.0] Aborting journal on device sda-8.",
                        "[    2.0] Somebody Aborting journal on device sda-8.")))
                .containsExactly("Somebody Aborting journal on device DEV-N.");
    }

    @Test
    void namesThatEndWithAColonAreNoRegisters() {
        assertThat(NewLines.in(List.of("[    1.0] XFS: quux", "[    1.0] VFS: quux")))
                .hasSize(2);
    }
}
