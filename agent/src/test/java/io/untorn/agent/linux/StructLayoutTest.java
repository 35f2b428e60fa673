package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.jna.Structure;
import io.untorn.agent.linux.struct.fiemap;
import io.untorn.agent.linux.struct.fiemap_extent;
import io.untorn.agent.linux.struct.file_clone_range;
import io.untorn.agent.linux.struct.fsxattr;
import io.untorn.agent.linux.struct.io_cqring_offsets;
import io.untorn.agent.linux.struct.io_event;
import io.untorn.agent.linux.struct.io_sqring_offsets;
import io.untorn.agent.linux.struct.io_uring_cqe;
import io.untorn.agent.linux.struct.io_uring_getevents_arg;
import io.untorn.agent.linux.struct.io_uring_params;
import io.untorn.agent.linux.struct.io_uring_sqe;
import io.untorn.agent.linux.struct.iocb;
import io.untorn.agent.linux.struct.iovec;
import io.untorn.agent.linux.struct.rlimit;
import io.untorn.agent.linux.struct.statfs;
import io.untorn.agent.linux.struct.statx;
import io.untorn.agent.linux.struct.statx_timestamp;
import io.untorn.agent.linux.struct.timespec;
import io.untorn.agent.linux.struct.xfs_fsop_geom;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Compare every structure and constant with what a C program, compiled here, says of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructLayoutTest {
    private static final List<Structure> STRUCTURES = List.of(
            new iovec(),
            new file_clone_range(),
            new fsxattr(),
            new fiemap(),
            new fiemap_extent(),
            new rlimit(),
            new statfs(),
            new timespec(),
            new iocb(),
            new io_event(),
            new io_sqring_offsets(),
            new io_cqring_offsets(),
            new io_uring_params(),
            new io_uring_sqe(),
            new io_uring_cqe(),
            new io_uring_getevents_arg(),
            new statx_timestamp(),
            new statx(),
            new xfs_fsop_geom());

    private List<String> c = List.of();

    @BeforeAll
    void askC(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("uapi.c");
        try (InputStream program = StructLayoutTest.class.getResourceAsStream("uapi.c")) {
            Files.copy(program, source);
        }
        Path binary = folder.resolve("uapi");
        run("gcc", "-Wall", "-Werror", "-o", binary.toString(), source.toString());
        c = run(binary.toString());
    }

    @Test
    void structuresAndConstantsAreThoseOfTheHeaders() throws Exception {
        List<String> java = new ArrayList<>();
        for (Structure structure : STRUCTURES) {
            describe(structure, java);
        }
        for (Field constant : Uapi.class.getFields()) {
            long value = ((Number) constant.get(null)).longValue();
            java.add("constant " + constant.getName() + " " + Long.toUnsignedString(value));
        }

        assertThat(java)
                .containsExactlyInAnyOrderElementsOf(
                        c.stream().map(StructLayoutTest::withoutOrigin).toList());
        System.out.printf(
                "Compared %d sizes, offsets and constants with C; these headers are older than %d of the constants.%n",
                java.size(), c.stream().filter(line -> line.endsWith(" copy")).count());
    }

    private static void describe(Structure structure, List<String> lines) throws Exception {
        Method fieldOffset = Structure.class.getDeclaredMethod("fieldOffset", String.class);
        Method fieldSize = Structure.class.getDeclaredMethod("getNativeSize", Class.class, Object.class);
        fieldOffset.setAccessible(true);
        fieldSize.setAccessible(true);
        String name = structure.getClass().getSimpleName();
        lines.add("struct " + name + " " + structure.size());
        for (Field field : structure.getClass().getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                Object offset = fieldOffset.invoke(structure, field.getName());
                Object size = fieldSize.invoke(structure, field.getType(), field.get(structure));
                lines.add("field " + name + "." + field.getName() + " " + offset + " " + size);
            }
        }
    }

    private static String withoutOrigin(String line) {
        return line.replaceFirst(" (headers|copy)$", "");
    }

    private static List<String> run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return output.lines().toList();
            }
            return fail("'%s' failed; if a header is missing, 'apt install gcc libc6-dev':%n%s", command[0], output);
        } catch (IOException e) {
            return fail("'%s' cannot be run, this test needs it: 'apt install gcc libc6-dev'".formatted(command[0]), e);
        }
    }
}
