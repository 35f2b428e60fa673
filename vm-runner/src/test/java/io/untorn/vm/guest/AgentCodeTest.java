package io.untorn.vm.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.agent.AgentMain;
import io.untorn.agent.Rehearsal;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.HostPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCodeTest {
    /** The JVM's log of loaded classes marks those generated at run time with this. */
    private static final String MADE = " source: __";

    private static final String ARCHIVED = " source: shared objects file";

    /** The JVM's own first lambda needs one. */
    private static final int MADE_BY_THE_JVM = 1;

    /** What reflection generates for calls that come often: in a rehearsal, so that traces do not wait for it. */
    private static final String ACCESSOR = "jdk.internal.reflect.Generated";

    /** In the guest, generating a class takes up to 10 ms, loading one that is not archived 1 ms. */
    @Test
    void aRehearsalLoadsEveryClassFromTheArchive(@TempDir Path folder) throws IOException {
        assumeTrue(Runtime.version().feature() == 17, "later ones carry out reflection by classes that they make");
        ImageCache cache = new ImageCache(folder.resolve("cache"));
        Path runtime = GuestRuntime.in(cache, progress -> {});
        Path agent = AgentCode.in(cache, runtime, progress -> {});

        List<String> loaded = rehearse(runtime, agent, folder.resolve("rehearsal")).stream()
                .filter(line -> line.contains(" source: "))
                .toList();

        assertThat(loaded).hasSizeGreaterThan(1000);
        assertThat(loaded)
                .filteredOn(line -> line.contains(MADE) && !line.contains(ACCESSOR))
                .hasSizeLessThanOrEqualTo(MADE_BY_THE_JVM);
        assertThat(loaded).filteredOn(line -> line.contains(ACCESSOR)).hasSizeGreaterThan(10);
        assertThat(loaded)
                .filteredOn(line -> line.contains("io.untorn.") || line.contains("com.sun.jna."))
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.contains(ARCHIVED));
    }

    @Test
    void theGuestGetsOperationsButNoRules() throws IOException {
        assertThat(AgentCode.classes().keySet())
                .anyMatch(name -> name.endsWith("/Fallocate.class"))
                .noneMatch(name -> name.matches("io/untorn/model/(state|rule|rules|oracle)/.*"));
    }

    private static List<String> rehearse(Path runtime, Path agent, Path folder) throws IOException {
        Path log = folder.resolveSibling("classes.log");
        List<String> command =
                new ArrayList<>(List.of(runtime.resolve("bin/java").toString()));
        AgentCode.arguments(agent)
                .lines()
                .filter(argument -> !argument.equals(AgentMain.class.getName()))
                .forEach(command::add);
        command.addAll(List.of("-Xlog:class+load:file=" + log, Rehearsal.class.getName(), folder.toString()));
        HostPrograms.Output done = HostPrograms.runIn(agent, command);
        assertThat(done.exitCode()).as(done.text()).isZero();
        return Files.readAllLines(log);
    }
}
