package io.untorn.vm.build;

import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A patch: a diff, a mail with one, or an mbox of a series.
 *
 * @param file the file
 */
record PatchFile(Path file) {
    private static final Pattern DIFF = Pattern.compile("(?m)^(diff --git |--- \\S)");
    private static final Pattern ENCODED =
            Pattern.compile("(?mi)^Content-Transfer-Encoding:\\s*(quoted-printable|base64)");
    private static final Pattern PATCHING = Pattern.compile("(?:patching|checking) (?:file|symbolic link) '?(.+?)'?");
    private static final Pattern FAILED = Pattern.compile("Hunk #(\\d+) FAILED at (\\d+).*");
    private static final Pattern MISSING = Pattern.compile("\\|(?:\\+\\+\\+|---) (?:[ab]/)?(\\S+).*");
    private static final int MOST_FAILURES = 5;

    /**
     * Open a file.
     *
     * @throws UntornException as the caller's mistake if it can't be read or holds no patch
     */
    static PatchFile open(Path file) {
        String text = read(file);
        if (!DIFF.matcher(text).find() && !ENCODED.matcher(text).find()) {
            throw UntornException.caller(
                    file + " holds no patch: give a diff, a mail that has one, or an mbox of a series.");
        }
        return new PatchFile(file.toAbsolutePath());
    }

    private static String read(Path file) {
        try {
            // A patch may hold any bytes
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw UntornException.caller("Cannot read the patch " + file + ": " + e);
        }
    }

    /**
     * Apply the patch to a tree.
     *
     * @param work an existing, empty folder for the patches extracted from mails
     * @throws UntornException as the caller's mistake, naming files and hunks, if it does not apply without fuzz
     */
    void apply(Path tree, Path work) {
        try {
            for (Path diff : diffs(work)) {
                HostPrograms.Output output = HostPrograms.run(List.of(
                        "env",
                        "LC_ALL=C",
                        "patch",
                        "-p1",
                        "--batch",
                        "--forward",
                        "--fuzz=0",
                        "--no-backup-if-mismatch",
                        "--reject-file=-",
                        "-d",
                        tree.toString(),
                        "-i",
                        diff.toString()));
                if (output.exitCode() != 0) {
                    throw UntornException.caller("The patch " + file + " does not apply: " + failures(output.text())
                            + ". Rebase it onto this tree; the tree was not changed.");
                }
            }
        } catch (IOException e) {
            throw UntornException.machinery("Cannot apply the patch " + file + ": " + e, e);
        }
    }

    /** Return the diffs; git decodes encoded mails, and the program patch ignores the text around a diff. */
    private List<Path> diffs(Path work) throws IOException {
        if (!ENCODED.matcher(read(file)).find()) {
            return List.of(file);
        }
        if (HostPrograms.find("git").isEmpty()) {
            throw UntornException.caller(
                    file + " is an encoded mail, which git must decode, and git is missing: apt-get install git");
        }
        HostPrograms.Output split = HostPrograms.run(List.of("git", "mailsplit", "-o" + work, file.toString()));
        requireMail(split.exitCode() == 0);
        List<Path> mails;
        try (Stream<Path> entries = Files.list(work)) {
            mails = entries.sorted().toList();
        }
        List<Path> diffs = new ArrayList<>();
        for (Path mail : mails) {
            Path diff = work.resolve(mail.getFileName() + ".diff");
            Process process = new ProcessBuilder(
                            "git", "mailinfo", work.resolve("message").toString(), diff.toString())
                    .redirectInput(mail.toFile())
                    .redirectOutput(new File("/dev/null"))
                    .redirectError(new File("/dev/null"))
                    .start();
            requireMail(process.onExit().join().exitValue() == 0);
            // A cover letter has none
            if (Files.size(diff) > 0) {
                diffs.add(diff);
            }
        }
        requireMail(!diffs.isEmpty());
        return diffs;
    }

    private void requireMail(boolean isOne) {
        if (!isOne) {
            throw UntornException.caller(file + " is a mail in which git finds no patch.");
        }
    }

    /** Return what did not apply, from the output of patch: the file, and the hunk or the reason. */
    static String failures(String output) {
        List<String> failures = new ArrayList<>();
        String current = "";
        for (String line : output.lines().toList()) {
            Matcher patching = PATCHING.matcher(line);
            Matcher failed = FAILED.matcher(line);
            Matcher missing = MISSING.matcher(line);
            if (patching.matches()) {
                current = patching.group(1);
            } else if (failed.matches()) {
                failures.add(current + ", hunk " + failed.group(1) + " at line " + failed.group(2));
            } else if (missing.matches()) {
                current = missing.group(1);
            } else if (line.startsWith("No file to patch")) {
                failures.add(current + " is not in the tree");
            } else if (line.startsWith("Reversed (or previously applied) patch detected")) {
                failures.add(current + " has the change already");
            } else if (line.contains("which already exists")) {
                failures.add(line.strip());
            } else if (line.startsWith("patch: ****")) {
                failures.add(line.substring("patch: ****".length()).strip());
            }
        }
        if (failures.isEmpty()) {
            return output.strip().replace('\n', ' ');
        }
        return failures.stream().distinct().limit(MOST_FAILURES).collect(Collectors.joining("; "))
                + (failures.size() > MOST_FAILURES ? "; and " + (failures.size() - MOST_FAILURES) + " more" : "");
    }
}
