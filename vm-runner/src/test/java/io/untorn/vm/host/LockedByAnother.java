package io.untorn.vm.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Another process that holds a lock as another run does, until it is killed. */
public final class LockedByAnother {
    private LockedByAnother() {}

    /** Start a process, and return it once it has a shared lock on a file. */
    public static Process start(Path lock) throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockedByAnother.class.getName(),
                        lock.toString())
                .start();
        assertThat(java.inputReader().readLine()).isEqualTo("locked");
        return java;
    }

    public static void main(String[] arguments) throws Exception {
        FileChannel channel =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.lock(0, Long.MAX_VALUE, true);
        System.out.println("locked");
        TimeUnit.MINUTES.sleep(5);
    }
}
