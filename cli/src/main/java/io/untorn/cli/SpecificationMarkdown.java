package io.untorn.cli;

import io.untorn.model.operation.Engine;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes every rule of every specification as one Markdown page: docs/specification.md. */
final class SpecificationMarkdown {
    private final StringBuilder contents = new StringBuilder();
    private final Map<String, Map<Statement, Map<String, Set<TargetKind>>>> index = new TreeMap<>();

    /** A rule without the kernels and targets that it holds for. */
    private record Statement(String sentence, Optional<String> required, List<String> marks, List<String> sources) {
        static Statement of(Rule rule) {
            return new Statement(
                    rule.sentence(),
                    RuleText.required(rule),
                    RuleText.marks(rule),
                    rule.source().places());
        }
    }

    private SpecificationMarkdown() {}

    /** Return the page. */
    static String page() {
        return new SpecificationMarkdown().write();
    }

    private String write() {
        specification("Linux", Specifications::linux);
        SpecificationName.UNVERSIONED.forEach(name -> specification(name.toString(), name::on));
        contents.append("\n## Index\n");
        index.forEach((id, statements) -> {
            contents.append("\n### ").append(id).append('\n');
            statements.forEach(this::statement);
        });
        return introduction(index.size()) + contents;
    }

    private void specification(String name, Function<TargetKind, Specification> rules) {
        for (TargetKind target : TargetKind.values()) {
            Specification specification = rules.apply(target);
            if (specification.rules().isEmpty()) {
                continue;
            }
            contents.append(String.format(
                    Locale.ROOT,
                    "%n## %s, %s: %s%n",
                    name,
                    RuleText.kind(target),
                    RuleText.count(specification.rules().size())));
            for (Chapter chapter : Chapter.of(specification)) {
                table(chapter);
                if (chapter.isNumbered()) {
                    orders(specification, chapter.rules());
                }
            }
            for (Rule rule : specification.rules()) {
                String where = name
                        + RuleText.holds(rule.scope())
                                .map(holds -> ", " + holds)
                                .orElse("");
                index.computeIfAbsent(rule.id(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(Statement.of(rule), statement -> new LinkedHashMap<>())
                        .computeIfAbsent(where, words -> EnumSet.noneOf(TargetKind.class))
                        .add(target);
            }
        }
    }

    private void table(Chapter chapter) {
        contents.append("\n### ").append(chapter.title()).append("\n\n");
        contents.append(
                chapter.isNumbered()
                        ? "| | rule | | kernels |\n|--:|---|---|---|\n"
                        : "| rule | | kernels |\n|---|---|---|\n");
        int number = 0;
        for (Rule rule : chapter.rules()) {
            number++;
            contents.append(chapter.isNumbered() ? "| " + number + " " : "")
                    .append(String.format(
                            Locale.ROOT,
                            "| [%s](#%s) | %s%s | %s |%n",
                            rule.id(),
                            rule.id().replace(".", ""),
                            rule.sentence().replace("|", "\\|"),
                            marks(RuleText.marks(rule)),
                            rule.scope().versions()));
        }
    }

    /** State the order in which the numbered rules apply through an engine, if it differs from that of pwritev2. */
    private void orders(Specification specification, List<Rule> numbered) {
        for (Engine engine : List.of(Engine.IO_URING, Engine.LIBAIO)) {
            List<Integer> places = specification.through(engine).stream()
                    .map(rule -> numbered.indexOf(rule) + 1)
                    .toList();
            if (places.size() < numbered.size()) {
                contents.append("\nThrough ")
                        .append(engine)
                        .append(" the order is ")
                        .append(ranges(places))
                        .append(".\n");
            }
        }
    }

    /** Return numbers separated by commas, with consecutive ones as a range. */
    private static String ranges(List<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        for (int from = 0, to; from < numbers.size(); from = to + 1) {
            to = from;
            while (to + 1 < numbers.size() && numbers.get(to + 1) == numbers.get(to) + 1) {
                to++;
            }
            ranges.add(from == to ? String.valueOf(numbers.get(from)) : numbers.get(from) + " to " + numbers.get(to));
        }
        return String.join(", ", ranges);
    }

    private void statement(Statement statement, Map<String, Set<TargetKind>> holds) {
        contents.append('\n')
                .append(statement.sentence())
                .append(marks(statement.marks()))
                .append("\n\n");
        statement.required().ifPresent(required -> item("required: ", required));
        holds.forEach((where, targets) -> item(
                "holds for ", targets.stream().map(RuleText::kind).collect(Collectors.joining(", ")) + ": " + where));
        statement.sources().forEach(source -> item("source: ", source));
    }

    private void item(String name, String value) {
        contents.append("- ").append(name).append(value).append('\n');
    }

    private static String marks(List<String> marks) {
        return marks.stream().map(mark -> " *[" + mark + "]*").collect(Collectors.joining());
    }

    private static String introduction(int rules) {
        return """
            # The specification

            Generated from the rules by `./untorn spec --markdown`: change the rules, not this file.

            This is what `untorn` checks a Linux kernel against: %s, each with the place where it is written down. It
            covers mainline Linux 6.1 to 7.3; atomic writes begin with 6.11 on block devices and 6.13 in files.

            ## How to read it

            **Words.** A *target* is what is written to: a block device, or a file on ext4 or XFS. The *limits* are what
            statx reports for it: `unit_min`, `unit_max`, `unit_max_opt`, in bytes, and `segments_max`. An atomic write
            is *legal* if no rule refuses it. The kernel's *order of checks* decides which error wins if a request is
            wrong in more than one way: of the numbered rules, the first that applies decides. The numbers give the order
            for pwritev2; below their table is the order for io_uring and libaio, which skip some.

            **Grades.** What a rule permits is *required* (the one outcome it names), *allowed* (one of several that
            the sources leave open), or *notable* (allowed, and worth reporting: `EAGAIN` from a call that may
            block, a copy where the disk could have done it). A refusal permits one error, and that nothing changes.

            **Authority.** *promise*: the documents promise it, whatever an implementation does. *nobody says*: no
            document decides, so the rule permits what the sources of each version do, and what they would do if they
            looked ([permits](permits.md)); a kernel is never failed for what nobody wrote down. All others: the
            documented answer of an interface, or the kernel's own check.

            **Reach.** *not reached*: no sequence of operations can bring it about; it is listed for completeness,
            and no kernel is judged by it. *needs …*: reached only if the kernel under test can do that. "Where statx …": what
            statx must report for the target for the rule to be reachable there.

            **Sources.** Man pages are those of the Linux man-pages; `kernel` is a path in the kernel's source, with the
            function and the versions in which it was read.

            `./untorn spec --kernel debian:7.3 --target xfs` prints the rules of one kernel and target,
            `./untorn spec --diff linux-6.12 linux-6.16` what changed between two.
            """
                .formatted(RuleText.count(rules));
    }
}
