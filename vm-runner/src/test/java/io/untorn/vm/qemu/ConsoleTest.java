package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String SPLAT =
            "[    1.0] WARNING: fs/ext4/inode.c:3636 at ext4_iomap_begin+0x39d/0x760, CPU#0: java/93";

    @Test
    void returnsLinesFromAPlaceOnAndTheLastOnes() {
        Console console = new Console();
        console.recordFrom(new StringReader("one\r\ntwo\r\r\nthree"));

        assertThat(console.lines()).containsExactly("one", "two", "three");
        assertThat(console.linesSince(1)).containsExactly("two", "three");
        assertThat(console.lines(0, 2)).containsExactly("one", "two");
        assertThat(console.linesSince(console.size())).isEmpty();
        assertThat(console.tail(1)).containsExactly("three");
        assertThat(console.tail(9)).hasSize(3);
    }

    @Test
    void keepsOnlyLinesAroundSplatsOfAFlood() {
        Console console = new Console();
        int splatAt = 60_000;
        console.recordFrom(new Flood(200_000, splatAt));

        List<String> lines = console.lines();
        assertThat(console.size()).isEqualTo(200_000);
        assertThat(lines)
                .hasSize(Console.HEAD + 1 + Console.BEFORE_SPLAT + Console.FROM_SPLAT + 1 + Console.TAIL)
                .startsWith("flood 0")
                .endsWith("flood 199999")
                .contains(
                        SPLAT,
                        "flood " + (splatAt - Console.BEFORE_SPLAT),
                        "flood " + (splatAt + Console.FROM_SPLAT - 1),
                        "(untorn dropped 59480 lines of console output here)",
                        "(untorn dropped 134700 lines of console output here)");
        assertThat(console.linesSince(199_990)).hasSize(10);
        assertThat(console.tail(3)).containsExactly("flood 199997", "flood 199998", "flood 199999");
        assertThat(console.lines(100_000, 100_002)).containsExactly("(untorn dropped 2 lines of console output here)");
    }

    @Test
    void aFloodOfSplatsIsBoundedToo() {
        Console console = new Console();
        console.recordFrom(new StringReader((SPLAT + "\n").repeat(100_000)));

        assertThat(console.size()).isEqualTo(100_000);
        assertThat(console.lines())
                .hasSizeLessThan(Console.HEAD + Console.TAIL + Console.MAX_SPLATS * (Console.FROM_SPLAT + 1));
    }

    @Test
    void aLineWithoutAnEndIsCut() {
        Console console = new Console();
        console.recordFrom(new StringReader("x".repeat(Console.MAX_LINE * 3 + 1)));

        assertThat(console.lines()).hasSize(4).allMatch(line -> line.length() <= Console.MAX_LINE);
    }

    @Test
    void waitsForALineAndForSilence() throws Exception {
        Console console = new Console();
        try (PipedReader output = new PipedReader()) {
            CompletableFuture<Void> recorded;
            try (PipedWriter machine = new PipedWriter(output)) {
                recorded = CompletableFuture.runAsync(() -> console.recordFrom(output));
                CompletableFuture<Boolean> came = CompletableFuture.supplyAsync(
                        () -> console.await("the end"::equals, 0, Duration.ofSeconds(20)));
                machine.write("not yet\nthe e");
                machine.flush();
                assertThat(console.await("the end"::equals, 0, Duration.ofMillis(50)))
                        .as("half a line was taken for the whole")
                        .isFalse();
                machine.write("nd\n");
                machine.flush();
                assertThat(came).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
                console.awaitSilence(Duration.ofMillis(20), Duration.ofSeconds(5));
                assertThat(console.lines()).containsExactly("not yet", "the end");
            }
            recorded.get();
        }
    }

    /** Prints numbered lines, and a splat in place of one of them. */
    private static final class Flood extends Reader {
        private final Iterator<String> lines;
        private String rest = "";

        Flood(int count, int splatAt) {
            lines = IntStream.range(0, count)
                    .mapToObj(number -> number == splatAt ? SPLAT + "\n" : "flood " + number + "\n")
                    .iterator();
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (rest.isEmpty()) {
                if (!lines.hasNext()) {
                    return -1;
                }
                rest = lines.next();
            }
            int count = Math.min(length, rest.length());
            rest.getChars(0, count, buffer, offset);
            rest = rest.substring(count);
            return count;
        }

        @Override
        public void close() {}
    }
}
