package io.untorn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplatTest {
    private static final String QUIET = "[    1.0] EXT4-fs (sda): mounted filesystem";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[   46.8] WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991",
                "[   46.8] BUG: unable to handle page fault for address: 0",
                "[   46.8] kernel BUG at fs/ext4/inode.c:1!",
                "[   46.8] Oops: 0000 [#1] SMP",
                "[   46.8] Kernel panic - not syncing: Fatal exception",
                "[   46.8] general protection fault, probably for non-canonical address",
                "[   46.8] UBSAN: shift-out-of-bounds in a.c:1",
                "[   46.8] rcu: INFO: rcu_sched detected stalls on CPUs/tasks: rcu_sched self-detected stall",
                "[   46.8] INFO: task agent:1 blocked for more than 120 seconds.",
                "[   46.8] EXT4-fs error (device sda): ext4_lookup:1",
                "[   46.8] XFS (sda): Corruption detected. Unmount and run xfs_repair",
                "[   46.8] XFS (sda): Internal error i == 0 at line 1",
                "[   46.8] XFS (sda): Metadata corruption detected at xfs_agf_verify",
                "[   46.8] XFS (sda): Log I/O error detected. Shutting down filesystem.",
                "[   46.8] Buffer I/O error on dev sda, logical block 0",
                "[   46.8] blk_update_request: I/O error, dev sda, sector 0"
            })
    void eachComplaintIsFound(String line) {
        assertThat(Splat.starts(List.of(QUIET, line, line + " again"))).containsExactly(line, line + " again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                QUIET,
                "[    1.0] warning: process used the deprecated sysctl system call",
                "[    1.0] XFS (sda): Mounting V5 Filesystem",
                "[    1.0] XFS (sda): User initiated shutdown (0x1) detected at xfs_mountfs+0x1/0x2. Shutting down filesystem."
            })
    void allElseIsQuiet(String line) {
        assertThat(Splat.starts(List.of(line))).isEmpty();
    }

    @Test
    void nothingIsQuiet() {
        assertThat(Splat.starts(List.of())).isEmpty();
    }

    @Test
    void theFunctionIsThatOfTheFirstSplat() {
        assertThat(Splat.function(List.of(
                        "[    1.0] BUG: kernel NULL pointer dereference, address: 0000000000000008",
                        "[    1.0] RIP: 0010:blkdev_write_iter.cold+0x35/0x190",
                        "[    1.0] RIP: 0033:0x7fe8efd0b261",
                        "[    1.0] RIP: 0010:other+0x1/0x2")))
                .contains("blkdev_write_iter.cold");
        assertThat(Splat.function(List.of("[    1.0] RIP: 0033:0x7fe8efd0b261")))
                .isEmpty();
    }
}
