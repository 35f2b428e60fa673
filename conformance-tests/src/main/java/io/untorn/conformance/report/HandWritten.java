package io.untorn.conformance.report;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people wrote into a report: it stays when the report is written again.
 *
 * @param subject the first line, without its mark; empty if there is no report yet
 * @param sections the sections with a heading that the kit does not write itself, each with its heading
 */
public record HandWritten(Optional<String> subject, List<String> sections) {
    static final HandWritten NOTHING = new HandWritten(Optional.empty(), List.of());

    private static final String TITLE = "# ";
    private static final String HEADING = "## ";

    public HandWritten {
        sections = List.copyOf(sections);
    }

    /** Read a report, which need not exist. */
    public static HandWritten in(Path report) {
        try {
            return Files.exists(report) ? parse(Files.readString(report)) : NOTHING;
        } catch (IOException e) {
            throw UntornException.machinery("can't read " + report + ": " + e, e);
        }
    }

    static HandWritten parse(String report) {
        Set<String> own = MarkdownReport.headings();
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder();
        boolean kept = false;
        for (String line : report.lines().toList()) {
            if (line.startsWith(HEADING)) {
                keep(section, kept, sections);
                kept = !own.contains(line.substring(HEADING.length()));
            }
            section.append(line).append('\n');
        }
        keep(section, kept, sections);
        return new HandWritten(
                report.lines()
                        .filter(line -> line.startsWith(TITLE))
                        .map(line -> line.substring(TITLE.length()).strip())
                        .findFirst(),
                sections);
    }

    private static void keep(StringBuilder section, boolean kept, List<String> sections) {
        if (kept) {
            sections.add(section.toString().strip());
        }
        section.setLength(0);
    }
}
