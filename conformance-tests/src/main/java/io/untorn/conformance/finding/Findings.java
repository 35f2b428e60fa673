package io.untorn.conformance.finding;

import io.untorn.conformance.file.FindingFolder;
import io.untorn.conformance.judge.Signature;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;

/** Where findings are kept: in folders that outlive the run, each named after its target and rule. */
public final class Findings {
    private static final String TRACE = FindingFolder.TRACE;
    private static final String REPORT = FindingFolder.REPORT;

    private Findings() {}

    /**
     * Return where the trace that broke a rule is kept: in a folder named after target and rule, with a number if a finding
     * of another signature has that name.
     */
    public static Path fileFor(Path output, Target target, Signature signature) {
        String name = target.name() + "-" + signature.rule();
        Path folder = folder(output, name);
        for (int number = 2; isOfAnother(folder, signature); number++) {
            folder = folder.resolveSibling(name + "-" + number);
        }
        return folder.resolve(TRACE);
    }

    /** Return a finding that was kept in another folder for findings before this one was moved or copied to where it is. */
    public static Counterexample movedTo(Path output, Counterexample found) {
        return found.in(folder(output, found.name()).resolve(TRACE));
    }

    private static Path folder(Path output, String name) {
        return output.resolve("findings").resolve(name);
    }

    /** A folder whose signature can't be read is left alone: the finding that is to be kept must not be lost for it. */
    private static boolean isOfAnother(Path folder, Signature signature) {
        try {
            return SignatureFile.read(folder)
                    .map(kept -> !kept.equals(signature))
                    .orElse(Files.exists(folder.resolve(REPORT)));
        } catch (UntornException unreadable) {
            return true;
        }
    }

    /** Copy a finding's folder to where another run keeps its findings, unless it is there. */
    public static Counterexample adopt(Counterexample found, Path output) {
        Path file = fileFor(output, found.trace().target(), found.signature());
        Counterexample adopted = found.in(file);
        try {
            if (!found.folder().equals(adopted.folder())) {
                FileUtils.copyDirectory(
                        found.folder().toFile(), adopted.folder().toFile());
                Path report = adopted.folder().resolve(REPORT);
                Files.writeString(report, replaying(file, found.name(), Files.readString(report)));
            }
        } catch (IOException e) {
            throw UntornException.machinery(
                    "can't copy the finding in " + found.folder() + " to " + adopted.folder() + ": " + e, e);
        }
        return adopted;
    }

    /** Return a report that names another file to replay than that in the folder of a name. */
    private static String replaying(Path file, String name, String report) {
        return Pattern.compile("(\\./untorn replay ).*?findings/" + Pattern.quote(name) + "/" + Pattern.quote(TRACE))
                .matcher(report)
                .replaceAll("$1" + Matcher.quoteReplacement(file.toString()));
    }
}
