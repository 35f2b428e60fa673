package io.untorn.conformance.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void aBuildWithoutASeedRepeatsTheLastOne() {
        assertThat(Settings.from(new Properties()).seed())
                .isEqualTo(Settings.from(new Properties()).seed());
        assertThat(seeded("").seed()).isEqualTo(Settings.from(new Properties()).seed());
    }

    @Test
    void aBuildTakesTheSeedThatIsSet() {
        assertThat(seeded("1502131585").seed()).isEqualTo(1502131585);
    }

    @Test
    void aBuildTakesAnotherSeedEachTimeIfSetToRandom() {
        assertThat(Stream.generate(() -> seeded("random").seed()).limit(10).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void aSeedThatIsNoNumberIsTheCallersMistake() {
        assertThatThrownBy(() -> seeded("often"))
                .isInstanceOf(UntornException.class)
                .hasMessage("-Duntorn.seed=often is not a number; 'random' takes a new one each time");
    }

    private static Settings seeded(String seed) {
        Properties properties = new Properties();
        properties.setProperty("untorn.seed", seed);
        return Settings.from(properties);
    }
}
