package io.untorn.conformance.corpus;

import io.untorn.conformance.file.ModelFile;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Traces that are worth running each time: those of findings, the shortest of each seeded fault, and public reports.
 *
 * @param entries the traces, those that broke kernels first
 */
public record Corpus(List<Entry> entries) {
    /** No traces. */
    public static final Corpus EMPTY = new Corpus(List.of());

    private static final String SHIPPED = "corpus.json";
    private static final ModelFile<Form> FILES =
            new ModelFile<>("a corpus", 1, Form.class, "operations", "It is a trace: ./untorn replay runs it");

    /**
     * A trace, and why it is here.
     *
     * @param name its name: that of the finding's folder or of the seeded fault, or one for the report
     * @param source where it comes from
     * @param answer what a kernel must do that conforms
     */
    public record Entry(String name, String source, String answer, Trace trace) {
        /** Tell whether a kernel that can do only this can run it. */
        boolean needsNothingBut(Set<Facility> facilities) {
            return trace.operations().stream()
                    .map(Entry::facility)
                    .allMatch(needed -> needed == Facility.NONE || facilities.contains(needed));
        }

        private static Facility facility(Operation operation) {
            if (operation instanceof PowerCut) {
                return Facility.POWER_CUT;
            }
            return operation.facility();
        }
    }

    public Corpus {
        entries = List.copyOf(entries);
    }

    private record Form(int version, List<Entry> entries) {}

    /** Holds the corpus from when it is first asked for. */
    private static final class Shipped {
        static final Corpus CORPUS = new Corpus(FILES.parse(SHIPPED, text()).entries());
    }

    /** Return the one that the kit ships. */
    public static Corpus shipped() {
        return Shipped.CORPUS;
    }

    /**
     * Return the traces for a target.
     *
     * @param facilities what the kernel can do beyond running operations
     */
    public List<Trace> on(Target target, Set<Facility> facilities) {
        return entries.stream()
                .filter(entry -> entry.trace().target().equals(target) && entry.needsNothingBut(facilities))
                .map(Entry::trace)
                .distinct()
                .toList();
    }

    private static String text() {
        try (InputStream in = Corpus.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
