package io.untorn.conformance.run;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.file.ModelJson;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.rule.Rule;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.KernelRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the progress of the search on one target, with its counts and findings, so that it can resume: at most 2 s of it
 * are repeated, and nothing is counted twice. The file is replaced as a whole; one of another search is refused.
 */
public final class SearchFile {
    private static final int VERSION = 5;
    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final String REMEDY = ": --restart starts again, another --output keeps both";
    private static final ObjectWriter WRITER = ModelJson.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final TargetResult result;
    private final ExhaustiveSearch search;
    private final String identity;
    private long saved = System.nanoTime();

    /** The content of the file. Kernel and specification are part of the identity, but are kept readable as well. */
    private record Kept(
            int version,
            String kernel,
            String specification,
            String identity,
            ExhaustiveSearch.Position position,
            TargetResult.Counts counts) {}

    /** What identifies a search. */
    private record Identity(
            Trace alphabet,
            int length,
            long pristine,
            Environment environment,
            List<String> kernelFile,
            String specification,
            List<String> rules,
            DeviationPolicy policy,
            String fault) {}

    private SearchFile(Path file, TargetResult result, ExhaustiveSearch search, String identity) {
        this.file = file;
        this.result = result;
        this.search = search;
        this.identity = identity;
    }

    /**
     * Return the file of a search.
     *
     * @throws UntornException if it can't be looked at: a failure of machinery
     */
    static SearchFile of(TargetResult result, ExhaustiveSearch search, Settings settings) {
        try {
            return new SearchFile(
                    named(settings.output(), result.target().name(), search.length()),
                    result,
                    search,
                    hash(WRITER.writeValueAsString(new Identity(
                            new Trace(result.target(), search.alphabet()),
                            search.length(),
                            search.pristine(),
                            result.environment(),
                            kernelFiles(settings.kernel()),
                            result.specification().name(),
                            result.specification().rules().stream()
                                    .map(Rule::id)
                                    .toList(),
                            settings.policy(),
                            settings.fault().label()))));
        } catch (IOException e) {
            throw UntornException.machinery("can't look at " + settings.kernel() + ": " + e, e);
        }
    }

    /**
     * Remove the progress of searches.
     *
     * @param output the folder that findings go to
     * @throws UntornException if a file can't be removed: a failure of machinery
     */
    public static void remove(Path output, List<String> targets, int length) {
        for (String target : targets) {
            Path file = named(output, target, length);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw UntornException.machinery("can't remove " + file + ": " + e, e);
            }
        }
    }

    private static Path named(Path output, String target, int length) {
        return output.resolve("exhaustive-" + target + "-" + length + ".json");
    }

    /** Return times and sizes of the kernel's files, which differ from build to build. */
    private static List<String> kernelFiles(String kernel) throws IOException {
        List<String> facts = new ArrayList<>();
        for (Path file : KernelRef.files(kernel)) {
            facts.add(Files.getLastModifiedTime(file).toString());
            facts.add(Long.toString(Files.size(file)));
        }
        return facts;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Resume the search where the file says it was, with its counts and findings.
     *
     * @return whether there was such a file
     * @throws UntornException if it is of another search, or none that can be read: the caller's mistake
     */
    boolean resume() {
        Optional<Kept> kept = read();
        kept.ifPresent(known -> {
            search.resume(known.position);
            result.restore(known.counts);
        });
        return kept.isPresent();
    }

    private Optional<Kept> read() {
        Kept kept;
        try {
            kept = ModelJson.MAPPER.readValue(Files.readString(file), Kept.class);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw UntornException.caller(file + " does not say how far a search is (" + e.getMessage() + ")" + REMEDY);
        }
        String here = result.environment().release();
        if (!kept.kernel.equals(here)
                || !kept.specification.equals(result.specification().name())) {
            throw UntornException.caller(file + " is of a search on " + kept.kernel + " against " + kept.specification
                    + ", and this is one on " + here + " against "
                    + result.specification().name() + REMEDY);
        }
        if (kept.version != VERSION || !kept.identity.equals(identity)) {
            throw UntornException.caller(
                    file + " is of another search: of another build of the kernel, other options, or"
                            + " by another untorn" + REMEDY);
        }
        return Optional.of(kept);
    }

    /** Write the file, unless it was written less than 2 s ago. */
    void saveWhenDue() {
        if (System.nanoTime() - saved > EVERY_NANOS) {
            save();
        }
    }

    /**
     * Write the file.
     *
     * @throws UntornException if it can't be: a failure of machinery
     */
    void save() {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    fresh,
                    WRITER.writeValueAsString(new Kept(
                            VERSION,
                            result.environment().release(),
                            result.specification().name(),
                            identity,
                            search.position(),
                            result.counts())));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw UntornException.machinery("can't keep how far the search is in " + file + ": " + e, e);
        }
        saved = System.nanoTime();
    }
}
