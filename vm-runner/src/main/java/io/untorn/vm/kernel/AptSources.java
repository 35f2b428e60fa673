package io.untorn.vm.kernel;

import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.Command;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Debian's archive is and whose signature it needs, as configured for the host's apt.
 *
 * @param main URI of the main archive
 * @param security URI of the security archive, if the host has one
 * @param signedBy keyring files, fingerprints or a key, as apt's {@code Signed-By} field takes them; empty for the keys
 *     that apt trusts for everything
 */
record AptSources(String main, Optional<String> security, Optional<String> signedBy) {
    private static final List<String> SUITES =
            List.of("bookworm", "bookworm-backports", "trixie", "trixie-backports", "testing", "sid");
    private static final List<String> SECURITY_SUITES = List.of("bookworm-security", "trixie-security");
    private static final Path DEBIAN_KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final Command APT_GET = new Command("apt-get", "apt");

    /** One line of {@code apt-get indextargets}; apt leaves unknown fields as they are in the format. */
    private record Target(String origin, String label, String release, String uri, Optional<String> signedBy) {
        static final String FORMAT = "$(ORIGIN)\t$(LABEL)\t$(RELEASE)\t$(REPO_URI)\t$(SOURCESENTRY)";

        static Target parse(String line) {
            String[] fields = line.split("\t", -1);
            String uri = fields[3].replaceFirst("/+$", "");
            return new Target(fields[0], fields[1], fields[2], uri, signedByOf(fields[4], uri));
        }

        boolean isDebian() {
            boolean signedAsDebian =
                    signedBy.filter(keys -> keys.contains("debian-archive")).isPresent();
            return origin.equals("Debian") || (origin.equals("$(ORIGIN)") && signedAsDebian);
        }

        boolean isSecurity() {
            return label.equals("Debian-Security") || release.endsWith("-security");
        }
    }

    /**
     * Ask the host's apt.
     *
     * @param mirror URI of the main archive to use instead of the host's
     * @throws UntornException as the caller's mistake if there is neither
     */
    static AptSources ofThisMachine(Optional<String> mirror) {
        List<Target> targets = targets(List.of());
        if (targets.isEmpty()) {
            targets = targets(List.of("--no-release-info"));
        }
        Optional<Target> main =
                targets.stream().filter(target -> !target.isSecurity()).findFirst();
        Optional<Target> security = targets.stream().filter(Target::isSecurity).findFirst();
        return new AptSources(
                mirror.or(() -> main.map(Target::uri))
                        .orElseThrow(() -> UntornException.caller("This machine's apt knows no Debian archive:"
                                + " set UNTORN_DEBIAN_MIRROR to the URI of one, or name a bzImage file.")),
                security.map(Target::uri),
                main.flatMap(Target::signedBy).or(() -> Optional.of(DEBIAN_KEYRING)
                        .filter(Files::isReadable)
                        .map(Path::toString)));
    }

    /** Return it in apt's deb822 format, with every suite that may contain kernels. */
    String deb822() {
        StringBuilder text = new StringBuilder(stanza(main, SUITES));
        security.ifPresent(uri -> text.append('\n').append(stanza(uri, SECURITY_SUITES)));
        return text.toString();
    }

    private String stanza(String uri, List<String> suites) {
        return """
                Types: deb
                URIs: %s
                Suites: %s
                Components: main
                Architectures: %s
                Languages: none
                Targets: Packages
                PDiffs: no
                """
                        .formatted(uri, String.join(" ", suites), Architecture.GUEST.debianName())
                + signedBy.map(keys -> "Signed-By: " + keys + "\n").orElse("");
    }

    private static List<Target> targets(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("indextargets", "--format", Target.FORMAT));
        arguments.addAll(options);
        arguments.addAll(List.of("Identifier: Packages", "Component: main"));
        return APT_GET.run(arguments)
                .output()
                .lines()
                .map(Target::parse)
                .filter(Target::isDebian)
                .toList();
    }

    private static Optional<String> signedByOf(String sourcesEntry, String uri) {
        String file = sourcesEntry.replaceFirst(":\\d+$", "");
        try {
            return signedBy(Files.readString(Path.of(file)), file.endsWith(".sources"), uri);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Return the {@code Signed-By} of a URI in a sources file of deb822 stanzas or one-line entries. */
    static Optional<String> signedBy(String sources, boolean deb822, String uri) {
        Pattern entry = Pattern.compile("(?m)^[^#]*\\Q" + uri + "\\E/*(\\s|$)");
        Pattern field = deb822
                ? Pattern.compile("(?mi)^Signed-By:[ \\t]*(.*(?:\\n[ \\t].*)*)")
                : Pattern.compile("(?i)\\[[^]]*signed-by=([^\\s\\]]+)");
        return Arrays.stream(sources.split(deb822 ? "\\n\\s*\\n" : "\\n"))
                .filter(text -> entry.matcher(text).find())
                .map(field::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
