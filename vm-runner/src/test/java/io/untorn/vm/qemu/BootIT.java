package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.Request;
import io.untorn.vm.cache.CacheFolder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measures for a fast boot work in a real guest, from Linux 6.6 on; without them a boot takes some seconds longer. */
final class BootIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String REHEARSED = "untorn-agent: rehearsed";
    private static final String SECOND_PROCESSOR = "Booting Node 0 Processor 1";
    private static final String ONE_PROCESSOR = "CPU 1 is now offline";

    @Test
    void theSecondProcessorIsForTheRehearsalAlone() {
        RealKernel real = RealKernel.withTarget("bdev");
        try (Machine machine = new Hypervisor(CacheFolder.path(), System.out::println).boot(real.machine(List.of()))) {
            AgentClient.ask(machine, new Request.Prepare(real.preparation()), LIMIT);
            machine.console().await(line -> line.contains(ONE_PROCESSOR), 0, LIMIT);
            String console = String.join("\n", machine.console().lines());
            assertThat(console).containsSubsequence("Brought up 1 node, 1 CPU", SECOND_PROCESSOR, ONE_PROCESSOR);
            assertThat(console).containsSubsequence(SECOND_PROCESSOR, REHEARSED);
        }
    }
}
