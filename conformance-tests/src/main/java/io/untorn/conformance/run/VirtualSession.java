package io.untorn.conformance.run;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.target.Target;
import io.untorn.vm.VirtualKernel;
import java.util.List;

/** Begins sessions that boot the kernel in a virtual machine. */
public final class VirtualSession {
    private VirtualSession() {}

    /** Create a session that boots its kernel, for the targets named, when the first target is prepared. */
    public static Session create(Settings settings, Listener listener, List<String> targets) {
        return new Session(
                settings,
                listener,
                Partition.OF_ATOMIC_WRITES,
                Corpus.shipped(),
                () -> VirtualKernel.boot(
                        new VirtualKernel.Configuration(
                                        settings.kernel(), settings.modules(), targets, settings.fault())
                                .with(settings.reset()),
                        listener::progress));
    }

    /** Create the session of a Maven build: it reports its progress on standard output, and ends with the JVM. */
    static Session fromSystemProperties(List<String> targets) {
        Settings settings = Settings.from(System.getProperties());
        Session session = create(settings, new Printing(settings), targets);
        Runtime.getRuntime().addShutdownHook(new Thread(session::close, "untorn-session-end"));
        return session;
    }

    private record Printing(Settings settings) implements Listener {
        @Override
        public void progress(String line) {
            System.out.println("untorn: " + line);
        }

        @Override
        public void prepared(TargetResult result) {
            System.out.println("untorn: " + result.target() + " is ready on "
                    + result.environment().release() + ", seed " + settings.seed());
        }

        @Override
        public void judged(TargetResult result) {}

        @Override
        public void shrinking(Target target, int operations) {
            System.out.println("untorn: " + target + " broke a rule; shrinking its " + operations + " operations");
        }

        @Override
        public void finished(TargetResult result) {
            System.out.println(TextReport.table(List.of(result)));
        }
    }
}
