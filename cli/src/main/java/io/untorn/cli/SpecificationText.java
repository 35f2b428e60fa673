package io.untorn.cli;

import io.untorn.cli.SpecificationChanges.Change;
import io.untorn.cli.SpecificationChanges.Difference;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Locale;

/** Formats specifications, and the changes between two, as plain text of a given width. */
final class SpecificationText {
    private static final String ID_INDENT = "  ";
    private static final String INDENT = "      ";
    private static final String FACT = INDENT + "%-9s ";

    private final int width;
    private final StringBuilder text = new StringBuilder();

    /**
     * Begin a text.
     *
     * @param width the width in columns; a line is longer only if a word is
     */
    SpecificationText(int width) {
        this.width = width;
    }

    /** Add the rules for a kind of target. */
    SpecificationText add(Specification specification, TargetKind target) {
        heading(specification.name() + ", " + RuleText.kind(target) + ": "
                + RuleText.count(specification.rules().size()));
        for (Chapter chapter : Chapter.of(specification)) {
            title(chapter.title());
            int number = 0;
            for (Rule rule : chapter.rules()) {
                number++;
                rule(chapter.isNumbered() ? number + ". " : "", rule);
            }
        }
        return this;
    }

    /** Add what changed for a kind of target. */
    SpecificationText add(Specification before, Specification after, TargetKind target) {
        SpecificationChanges changes = SpecificationChanges.between(before, after);
        heading("from " + before.name() + " to " + after.name() + ", " + RuleText.kind(target) + ": "
                + (changes.isEmpty()
                        ? "no difference"
                        : RuleText.count(changes.gone().size()) + " gone, "
                                + changes.added().size() + " new, "
                                + changes.changed().size() + " changed"));
        rules("Gone", changes.gone());
        rules("New", changes.added());
        if (!changes.changed().isEmpty()) {
            title("Changed");
            changes.changed().forEach(this::change);
        }
        return this;
    }

    private void rules(String title, List<Rule> rules) {
        if (!rules.isEmpty()) {
            title(title);
            rules.forEach(rule -> rule("", rule));
        }
    }

    private void change(Change change) {
        line(ID_INDENT, change.rule().id());
        for (Difference difference : change.differences()) {
            fact(difference.what(), "was: " + difference.before());
            fact("", "now: " + difference.after());
        }
    }

    private void rule(String number, Rule rule) {
        StringBuilder name = new StringBuilder(number).append(rule.id());
        RuleText.marks(rule).forEach(mark -> name.append(" [").append(mark).append(']'));
        line(ID_INDENT, name.toString());
        line(INDENT, rule.sentence());
        RuleText.required(rule).ifPresent(required -> fact("required", required));
        RuleText.holds(rule.scope()).ifPresent(holds -> fact("holds", holds));
        rule.source().places().forEach(place -> fact("source", place));
    }

    private void heading(String words) {
        text.append(text.isEmpty() ? "" : "\n\n")
                .append(words)
                .append('\n')
                .append("=".repeat(Math.min(width, words.length())))
                .append('\n');
    }

    private void title(String words) {
        text.append('\n');
        line("", words);
    }

    private void fact(String name, String value) {
        line(String.format(Locale.ROOT, FACT, name), value);
    }

    /** Add words after a start, wrapped at the width and indented to the first word. */
    private void line(String start, String words) {
        StringBuilder line = new StringBuilder(start);
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                text.append(line).append('\n');
                line = new StringBuilder(" ".repeat(start.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
