package io.untorn.vm.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import io.untorn.agent.linux.struct.timespec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GuestClassTest {
    private static final String LOGGING = "java/util/logging";

    @Test
    void jnaLogsToTheAgent() throws IOException {
        assertThat(text(classFile(Native.class))).contains(LOGGING);
        assertThat(text(GuestClass.of(classFile(Native.class))))
                .contains("io/untorn/agent/logging/Logger")
                .doesNotContain(LOGGING);
    }

    @Test
    void aStructureKnowsItsFieldsWithoutTheAnnotation() throws ReflectiveOperationException, IOException {
        Class<?> changed = new Loader().define(timespec.class, GuestClass.of(classFile(timespec.class)));

        assertThat(timespec.class).hasAnnotation(Structure.FieldOrder.class);
        assertThat(changed).isNotEqualTo(timespec.class);
        assertThat(changed.getAnnotation(Structure.FieldOrder.class)).isNull();
        assertThat(layout(changed.getDeclaredConstructor().newInstance())).isEqualTo(layout(new timespec()));
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(Loader.class.getClassLoader());
        }

        Class<?> define(Class<?> original, byte[] classFile) {
            return defineClass(original.getName(), classFile, 0, classFile.length);
        }
    }

    private static String layout(Object structure) {
        return structure.toString().replaceAll("@0x[0-9a-f]+", "");
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static String text(byte[] classFile) {
        return new String(classFile, StandardCharsets.ISO_8859_1);
    }
}
