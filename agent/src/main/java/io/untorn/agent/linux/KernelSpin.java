package io.untorn.agent.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keep a processor busy in the kernel wherever a function of it is called, without letting it do anything else: what the
 * kernel takes for a soft lockup. A BPF program on a kprobe does so, and preemption is off there.
 *
 * <p>Source: kernel Documentation/bpf/standardization/instruction-set.rst, bpf(2), perf_event_open(2).
 */
public final class KernelSpin implements AutoCloseable {
    private static final Path KPROBES = Path.of("/sys/bus/event_source/devices/kprobe/type");
    private static final int ATTRIBUTES = 72;
    private static final int MAP_CREATE = 0;
    private static final int PROG_LOAD = 5;
    private static final int MAP_TYPE_ARRAY = 2;
    private static final int PROG_TYPE_KPROBE = 2;
    private static final int THIS_MAP = 1;
    private static final long PERF_EVENT_IOC_ENABLE = 0x2400;
    private static final long PERF_EVENT_IOC_SET_BPF = 0x40042408;
    private static final int FIRST_PROCESSOR = 0;
    private static final int EVERY_PROCESS = -1;

    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int KTIME_GET_NS = 5;
    private static final int PROBE_READ_KERNEL = 113;

    /** What is copied onto itself again and again: enough that the verifier's limit of turns lasts for any time asked. */
    private static final int BUSYWORK = 16 << 20;

    private static final int TURNS = 5000;

    private final int map;
    private final int program;
    private final int event;

    private KernelSpin(int map, int program, int event) {
        this.map = map;
        this.program = program;
        this.event = event;
    }

    /**
     * Begin: each call of a function that the first processor makes from now on takes at least this time.
     *
     * @param function a function of the kernel that can be probed, such as {@code generic_write_checks}
     * @throws IOException if the kernel refuses: it needs CONFIG_BPF_SYSCALL, CONFIG_KPROBES and CONFIG_BPF_EVENTS
     */
    public static KernelSpin at(String function, Duration time) throws IOException {
        int kprobes = Integer.parseInt(Files.readString(KPROBES).strip());
        try (AlignedBuffer attributes = AlignedBuffer.allocate(ATTRIBUTES, Long.BYTES);
                AlignedBuffer name = text(function);
                AlignedBuffer license = text("GPL")) {
            clear(attributes)
                    .putInt(0, MAP_TYPE_ARRAY)
                    .putInt(4, Integer.BYTES)
                    .putInt(8, BUSYWORK)
                    .putInt(12, 1);
            int map = bpf("making a map", MAP_CREATE, attributes);
            ByteBuffer code = code(map, time);
            int program;
            try (AlignedBuffer instructions = AlignedBuffer.allocate(code.remaining(), Long.BYTES)) {
                int count = code.remaining() / Long.BYTES;
                instructions.bytes().put(code);
                clear(attributes)
                        .putInt(0, PROG_TYPE_KPROBE)
                        .putInt(4, count)
                        .putLong(8, instructions.address())
                        .putLong(16, license.address());
                program = bpf("loading a program", PROG_LOAD, attributes);
            }
            clear(attributes)
                    .putInt(0, kprobes)
                    .putInt(4, ATTRIBUTES)
                    .putLong(40, 1)
                    .putLong(56, name.address());
            int event = (int) accepted(
                    "probing " + function,
                    LibC.syscall(
                            Uapi.SYS_perf_event_open, attributes.address(), EVERY_PROCESS, FIRST_PROCESSOR, -1, 0, 0));
            accepted("attaching a program to " + function, LibC.ioctl(event, PERF_EVENT_IOC_SET_BPF, program));
            accepted("enabling the probe of " + function, LibC.ioctl(event, PERF_EVENT_IOC_ENABLE, 0));
            return new KernelSpin(map, program, event);
        }
    }

    private static AlignedBuffer text(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        AlignedBuffer memory = AlignedBuffer.allocate(bytes.length, Long.BYTES);
        memory.bytes().put(bytes);
        return memory;
    }

    private static ByteBuffer clear(AlignedBuffer memory) {
        return memory.bytes().clear().put(new byte[ATTRIBUTES]);
    }

    private static int bpf(String what, int command, AlignedBuffer attributes) throws IOException {
        return (int) accepted(what, LibC.syscall(Uapi.SYS_bpf, command, attributes.address(), ATTRIBUTES, 0, 0, 0));
    }

    private static long accepted(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed: errno " + -result);
        }
        return result;
    }

    /** Copy the map's value onto itself until the time is over. */
    private static ByteBuffer code(int map, Duration time) {
        Code code = new Code();
        code.add(0x62, 10, 0, -4, 0); // *(u32 *)(r10 - 4) = 0
        code.addLong(1, THIS_MAP, map); // r1 = map
        code.add(0xbf, 2, 10, 0, 0); // r2 = r10
        code.add(0x07, 2, 0, 0, -4); // r2 -= 4
        code.add(0x85, 0, 0, 0, MAP_LOOKUP_ELEM);
        code.add(0x55, 0, 0, 2, 0); // if r0 != 0 skip 2
        code.add(0xb7, 0, 0, 0, 0); // r0 = 0
        code.add(0x95, 0, 0, 0, 0); // exit
        code.add(0xbf, 7, 0, 0, 0); // r7 = r0
        code.add(0x85, 0, 0, 0, KTIME_GET_NS);
        code.add(0xbf, 8, 0, 0, 0); // r8 = r0
        code.addLong(9, 0, time.toNanos()); // r9 = time
        code.add(0x0f, 8, 9, 0, 0); // r8 += r9
        code.add(0xb7, 6, 0, 0, 0); // r6 = 0
        code.add(0xbf, 1, 7, 0, 0); // r1 = r7
        code.add(0xb7, 2, 0, 0, BUSYWORK); // r2 = size
        code.add(0xbf, 3, 7, 0, 0); // r3 = r7
        code.add(0x85, 0, 0, 0, PROBE_READ_KERNEL);
        code.add(0x85, 0, 0, 0, KTIME_GET_NS);
        code.add(0x2d, 0, 8, 2, 0); // if r0 > r8 skip 2
        code.add(0x07, 6, 0, 0, 1); // r6 += 1
        code.add(0xa5, 6, 0, -8, TURNS); // if r6 < TURNS go on at r1 = r7
        code.add(0xb7, 0, 0, 0, 0); // r0 = 0
        code.add(0x95, 0, 0, 0, 0); // exit
        return code.bytes();
    }

    /** Instructions of BPF, eight bytes each. */
    private static final class Code {
        private final ByteBuffer bytes = ByteBuffer.allocate(64 * Long.BYTES).order(ByteOrder.nativeOrder());

        void add(int operation, int destination, int source, int offset, int immediate) {
            bytes.put((byte) operation)
                    .put((byte) (destination | source << 4))
                    .putShort((short) offset)
                    .putInt(immediate);
        }

        void addLong(int destination, int source, long immediate) {
            add(0x18, destination, source, 0, (int) immediate);
            add(0, 0, 0, 0, (int) (immediate >> 32));
        }

        ByteBuffer bytes() {
            return bytes.flip();
        }
    }

    @Override
    public void close() {
        LibC.close(event);
        LibC.close(program);
        LibC.close(map);
    }
}
