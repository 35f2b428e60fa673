package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AptSourcesTest {
    @Test
    void takesTheKeyringOfTheStanzaWithTheUri() {
        String sources =
                """
                Types: deb
                # URIs: https://mirror.invalid/debian-security
                URIs: https://mirror.invalid/debian
                Suites: trixie
                Signed-By: /usr/share/keyrings/main.gpg

                Types: deb
                URIs: https://mirror.invalid/debian-security/
                Suites: trixie-security
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                """;

        assertThat(AptSources.signedBy(sources, true, "https://mirror.invalid/debian"))
                .contains("/usr/share/keyrings/main.gpg");
        assertThat(AptSources.signedBy(sources, true, "https://mirror.invalid/debian-security")
                        .orElseThrow())
                .startsWith("\n -----BEGIN")
                .endsWith("abcd");
        assertThat(AptSources.signedBy(sources, true, "https://other.invalid/debian"))
                .isEmpty();
    }

    @Test
    void takesTheKeyringOfAOneLineEntry() {
        String sources =
                """
                # deb [signed-by=/old.gpg] https://mirror.invalid/debian trixie main
                deb [arch=amd64 signed-by=/usr/share/keyrings/main.gpg] https://mirror.invalid/debian trixie main
                deb https://mirror.invalid/debian-security trixie-security main
                """;

        assertThat(AptSources.signedBy(sources, false, "https://mirror.invalid/debian"))
                .contains("/usr/share/keyrings/main.gpg");
        assertThat(AptSources.signedBy(sources, false, "https://mirror.invalid/debian-security"))
                .isEmpty();
    }

    @Test
    void writesEverySuiteThatMayHoldKernels() {
        AptSources sources = new AptSources(
                "https://mirror.invalid/debian", Optional.of("https://security.invalid/debian"), Optional.of("/k.gpg"));

        assertThat(sources.deb822())
                .contains("URIs: https://mirror.invalid/debian\n", "trixie-backports testing sid\n")
                .contains("URIs: https://security.invalid/debian\nSuites: bookworm-security trixie-security\n")
                .containsOnlyOnce("\n\n")
                .endsWith("Signed-By: /k.gpg\n");
    }
}
