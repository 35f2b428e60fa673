package io.untorn.vm.kernel;

import io.untorn.vm.host.Architecture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A package in the archive's index.
 *
 * @param name the package
 * @param version its Debian version
 * @param depends the names of the packages it needs
 * @param size the size of its file in bytes
 * @param installedSize the size of its content in bytes
 */
record KernelPackage(String name, String version, List<String> depends, long size, long installedSize) {
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z0-9-]+): *(.*)$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?:^|[,|])\\s*([a-z0-9][a-z0-9+.-]+)");

    /** Parse the output of {@code apt-cache show}. */
    static List<KernelPackage> parse(String stanzas) {
        return Pattern.compile("\\n\\s*\\n")
                .splitAsStream(stanzas.strip())
                .filter(stanza -> !stanza.isBlank())
                .map(KernelPackage::parseStanza)
                .toList();
    }

    /** Tell whether this is a cloud kernel itself, not a metapackage for the newest of a series. */
    boolean isKernel() {
        return name.startsWith("linux-image-")
                && name.endsWith(Architecture.GUEST.cloudFlavour())
                && depends.stream().noneMatch(need -> need.startsWith("linux-image-"));
    }

    private static KernelPackage parseStanza(String stanza) {
        Map<String, String> fields = new HashMap<>();
        FIELD.matcher(stanza).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        return new KernelPackage(
                fields.getOrDefault("Package", ""),
                fields.getOrDefault("Version", ""),
                DEPENDENCY
                        .matcher(fields.getOrDefault("Depends", ""))
                        .results()
                        .map(dependency -> dependency.group(1))
                        .toList(),
                Long.parseLong(fields.getOrDefault("Size", "0")),
                1024 * Long.parseLong(fields.getOrDefault("Installed-Size", "0")));
    }
}
