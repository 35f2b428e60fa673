package io.untorn.conformance.judge;

import io.untorn.conformance.file.ModelFile;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads lists of known deviations; the kit ships one. */
public final class KnownDeviationsFile {
    private static final String SHIPPED = "known-deviations.json";
    private static final ModelFile<Form> FILES = new ModelFile<>(
            "a list of known deviations", 1, Form.class, "operations", "It is a trace: ./untorn replay runs it");

    private KnownDeviationsFile() {}

    private record Form(int version, List<KnownDeviation> deviations) {}

    /** Holds the list from when it is first asked for. */
    private static final class Shipped {
        static final List<KnownDeviation> LIST = parse(SHIPPED, text());
    }

    /** Return the JSON Schema of such lists: {@code docs/known-deviations.schema.json}. */
    public static String schema() {
        return FILES.schema("untorn known deviations: rules that released kernels break, and how");
    }

    /** Return the list that the kit ships. */
    static List<KnownDeviation> shipped() {
        return Shipped.LIST;
    }

    /**
     * Read a list.
     *
     * @param name what messages call it
     * @throws UntornException if it is none, with the place of the mistake
     */
    static List<KnownDeviation> parse(String name, String text) {
        return List.copyOf(FILES.parse(name, text).deviations());
    }

    private static String text() {
        try (InputStream in = KnownDeviationsFile.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
