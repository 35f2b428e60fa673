package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.FramedStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Run the guest: the kernel starts the JVM with this class as the init process. */
public final class AgentMain {
    private static final Map<String, Path> WHERE_BUILT =
            Map.of("debugfs", Path.of("/sys/kernel/debug"), "tracefs", Path.of("/sys/kernel/tracing"));

    private static final Path REHEARSAL = Path.of("/rehearsal");

    private AgentMain() {}

    /** Set the guest up, then answer the host until it hangs up or an answer fails; both end the machine. */
    public static void main(String[] arguments) throws GuestCallException {
        try {
            mountFileSystems();
            Thread rehearsal = new AllProcessors();
            rehearsal.start();
            GuestKernel.loadBootModules();
            try (RandomAccessFile port = AgentPort.open()) {
                serve(new FramedStream(port), new TraceAgent(rehearsal));
            }
        } catch (Throwable e) {
            e.printStackTrace();
            System.out.println("untorn-agent: " + e.getMessage());
        } finally {
            // If init ended instead, the kernel would panic, and that would read like a finding.
            GuestCalls.restart();
        }
    }

    /** Brings up what other processors there are, and rehearses on them, while the host is greeted and its disk is made. */
    private static final class AllProcessors extends Thread {
        @Override
        public void run() {
            try {
                GuestKernel.useAllProcessors();
                Rehearsal.in(REHEARSAL);
                System.out.println("untorn-agent: rehearsed");
            } catch (AgentException | IOException e) {
                // Such as a kernel before 6.6, which can't open a file in memory for direct I/O
                System.out.println("untorn-agent: not rehearsed, so the first sequences are slow: " + e.getMessage());
            }
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
