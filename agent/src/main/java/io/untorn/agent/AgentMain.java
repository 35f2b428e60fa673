package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Run the guest: the kernel starts the JVM with this class as the init process. */
public final class AgentMain {
    private static final Map<String, Path> WHERE_BUILT =
            Map.of("debugfs", Path.of("/sys/kernel/debug"), "tracefs", Path.of("/sys/kernel/tracing"));

    private AgentMain() {}

    /** Set the guest up, then answer the host until it hangs up or an answer fails; both end the machine. */
    public static void main(String[] arguments) throws GuestCallException {
        try {
            mountFileSystems();
            GuestKernel.loadBootModules();
            try (RandomAccessFile port = AgentPort.open()) {
                serve(new FramedStream(port), new TraceAgent());
            }
        } catch (Throwable e) {
            e.printStackTrace();
            System.out.println("untorn-agent: " + e.getMessage());
        } finally {
            // If init ended instead, the kernel would panic, and that would read like a finding.
            GuestCalls.restart();
        }
    }

    private static void mountFileSystems() throws IOException {
        GuestCalls.mount("proc", "/proc");
        GuestCalls.mount("sysfs", "/sys");
        GuestCalls.mount("devtmpfs", "/dev");
        GuestCalls.mount("tmpfs", "/tmp");
        for (Map.Entry<String, Path> built : WHERE_BUILT.entrySet()) {
            if (Files.isDirectory(built.getValue())) {
                GuestCalls.mount(built.getKey(), built.getValue().toString());
            }
        }
    }

    private static void serve(FramedStream host, RequestHandler handler) throws IOException {
        host.write(handler.greeting());
        while (true) {
            host.write(handler.answer(host.read()));
        }
    }
}
