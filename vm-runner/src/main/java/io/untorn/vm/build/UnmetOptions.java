package io.untorn.vm.build;

import io.untorn.vm.build.KconfigFiles.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Find the options that do not have the wanted value, and list the unmet dependencies or the selects that cause this. */
final class UnmetOptions {
    private final KernelConfig config;
    private final KconfigFiles kconfig;

    private UnmetOptions(KernelConfig config, KconfigFiles kconfig) {
        this.config = config;
        this.kconfig = kconfig;
    }

    /** Return a line for each option that does not have the wanted value. */
    static List<String> explain(List<ConfigFragment> asked, KernelConfig config, Path tree, String architecture)
            throws IOException {
        List<ConfigFragment> unmet = asked.stream()
                .filter(fragment -> fragment.wanted().stream().anyMatch(each -> !config.has(each.option())))
                .toList();
        if (unmet.isEmpty()) {
            return List.of();
        }
        UnmetOptions options = new UnmetOptions(config, KconfigFiles.read(tree, architecture));
        List<String> lines = new ArrayList<>();
        for (ConfigFragment fragment : unmet) {
            fragment.wanted().stream()
                    .map(ConfigFragment.WantedOption::option)
                    .filter(option -> !config.has(option))
                    .forEach(option ->
                            lines.add(option + " (fragment " + fragment.name() + "): " + options.reason(option)));
        }
        return lines;
    }

    private String reason(ConfigOption option) {
        List<Definition> definitions = kconfig.definitions(option.symbol());
        String value = config.value(option.name());
        if (definitions.isEmpty()) {
            return "this tree has no such option";
        }
        String is = value.equals(ConfigOption.OFF) ? "it is off" : "it is " + value;
        return is + "; " + (option.isOff() ? whyOn(option) : whyNot(option, definitions));
    }

    private String whyOn(ConfigOption option) {
        String selectors = kconfig.selections(option.symbol()).stream()
                .filter(selection -> !config.valueOf(selection.by()).equals(ConfigOption.OFF))
                .filter(selection -> selection.condition().filter(this::isUnmet).isEmpty())
                .map(KconfigFiles.Selection::by)
                .distinct()
                .collect(Collectors.joining(", "));
        return selectors.isEmpty()
                ? "it cannot be turned off (" + places(kconfig.definitions(option.symbol())) + ")"
                : "it is selected by " + selectors;
    }

    private String whyNot(ConfigOption option, List<Definition> definitions) {
        List<String> blocked = new ArrayList<>();
        for (Definition definition : definitions) {
            List<String> unmet = definition.conditions().stream()
                    .flatMap(condition -> terms(condition).stream())
                    .filter(term -> isUnmet(term, option.value()))
                    .distinct()
                    .map(this::withValues)
                    .toList();
            if (unmet.isEmpty()) {
                return "its dependencies are met (" + places(definitions)
                        + "), so another option decides: a choice that it belongs to, or a select";
            }
            blocked.add("it depends on " + String.join(" and on ", unmet) + " (" + place(definition) + ")");
        }
        return String.join("; or, elsewhere, ", blocked);
    }

    private static List<String> terms(String condition) {
        try {
            return KconfigExpression.terms(condition);
        } catch (IllegalArgumentException e) {
            return List.of(condition);
        }
    }

    private boolean isUnmet(String condition) {
        return isUnmet(condition, "m");
    }

    private boolean isUnmet(String term, String wanted) {
        try {
            return !KconfigExpression.allows(term, wanted, config::valueOf);
        } catch (IllegalArgumentException e) {
            // Listed rather than hidden: the reader knows the language better
            return true;
        }
    }

    private String withValues(String term) {
        List<String> symbols;
        try {
            symbols = KconfigExpression.symbols(term);
        } catch (IllegalArgumentException e) {
            return term;
        }
        String values =
                symbols.stream().map(symbol -> symbol + " is " + shown(symbol)).collect(Collectors.joining(", "));
        return values.isEmpty() ? term : term + " [" + values + "]";
    }

    private String shown(String symbol) {
        String value = config.valueOf(symbol);
        return Optional.of(value).filter(v -> !v.equals(ConfigOption.OFF)).orElse("off");
    }

    private static String places(List<Definition> definitions) {
        return definitions.stream().map(UnmetOptions::place).collect(Collectors.joining(", "));
    }

    private static String place(Definition definition) {
        return definition.file() + ":" + definition.line();
    }
}
