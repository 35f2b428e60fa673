package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    @Test
    void givesLinesFromAPlaceOnAndTheLastOnes() {
        Console console = new Console();
        console.recordFrom(new StringReader("one\r\ntwo\r\nthree"));

        assertThat(console.lines()).containsExactly("one", "two", "three");
        assertThat(console.linesSince(1)).containsExactly("two", "three");
        assertThat(console.linesSince(console.size())).isEmpty();
        assertThat(console.tail(1)).containsExactly("three");
        assertThat(console.tail(9)).hasSize(3);
    }
}
