package io.untorn.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes types of every shape that a message may have, so that a new type of the model needs no test of its own. */
final class CodecsTest {
    sealed interface Shape {}

    sealed interface Round extends Shape {}

    record Circle(int radius) implements Round {
        Circle {
            if (radius < 0) {
                throw new IllegalArgumentException("negative radius: " + radius);
            }
        }
    }

    record Point() implements Round {}

    record Box(byte a, short b, long c, boolean d, Colour colour, String name) implements Shape {}

    record Group(List<Shape> shapes, Optional<Circle> around, List<List<Integer>> numbers) implements Shape {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    record Unfit(Map<String, String> map) {}

    static List<Shape> shapes() {
        Box box = new Box((byte) -1, Short.MIN_VALUE, Long.MAX_VALUE, true, Colour.GREEN, "ä€ \n");
        return List.of(
                new Point(),
                new Circle(Integer.MAX_VALUE),
                box,
                new Group(List.of(), Optional.empty(), List.of()),
                new Group(
                        List.of(box, new Point(), new Group(List.of(box), Optional.empty(), List.of())),
                        Optional.of(new Circle(3)),
                        List.of(List.of(1, -1), List.of())));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeComesBack(Shape shape) {
        Codec<Shape> codec = new Codecs().of(Shape.class);
        ByteBuffer bytes = ByteBuffer.allocate(100_000);
        codec.write(bytes, shape);
        bytes.flip();

        assertThat(codec.read(bytes)).isEqualTo(shape);
        assertThat(bytes.remaining()).isZero();
    }

    @Test
    void bytesThatAreNoValueAreRefused() {
        Codec<Shape> shapes = new Codecs().of(Shape.class);
        Codec<Colour> colours = new Codecs().of(Colour.class);
        Codec<String> strings = new Codecs().of(String.class);

        assertThatThrownBy(() -> shapes.read(in(4))).hasMessage("unknown Shape: 4");
        assertThatThrownBy(() -> colours.read(in(255))).hasMessage("unknown Colour: 255");
        assertThatThrownBy(() -> shapes.read(in(0, 0xff, 0, 0, 0))).hasMessage("negative radius: -16777216");
        assertThatThrownBy(() -> shapes.read(in(0, 0))).isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> strings.read(in(0x7f, 0, 0, 0, 'a')))
                .hasMessage("2130706432 things announced, 1 bytes there");
        assertThatThrownBy(() -> strings.read(in(0xff, 0xff, 0xff, 0xff)))
                .hasMessage("-1 things announced, 0 bytes there");
    }

    @Test
    void aTypeWithoutCodecIsNamed() {
        assertThatThrownBy(() -> new Codecs().of(Unfit.class))
                .hasMessageContaining("java.util.Map<java.lang.String, java.lang.String>");
    }

    private static ByteBuffer in(int... bytes) {
        ByteBuffer in = ByteBuffer.allocate(bytes.length);
        IntStream.of(bytes).forEach(value -> in.put((byte) value));
        return in.flip();
    }
}
