package io.untorn.agent.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers, and bytes after their count. */
enum PlainCodec implements Codec<Object> {
    BOOLEAN(boolean.class, Boolean.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            out.put((byte) ((boolean) value ? 1 : 0));
        }

        @Override
        public Object read(ByteBuffer in) {
            return in.get() != 0;
        }
    },
    BYTE(byte.class, Byte.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            out.put((byte) value);
        }

        @Override
        public Object read(ByteBuffer in) {
            return in.get();
        }
    },
    SHORT(short.class, Short.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            out.putShort((short) value);
        }

        @Override
        public Object read(ByteBuffer in) {
            return in.getShort();
        }
    },
    INT(int.class, Integer.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            out.putInt((int) value);
        }

        @Override
        public Object read(ByteBuffer in) {
            return in.getInt();
        }
    },
    LONG(long.class, Long.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            out.putLong((long) value);
        }

        @Override
        public Object read(ByteBuffer in) {
            return in.getLong();
        }
    },
    STRING(String.class, String.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            writeBytes(out, ((String) value).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Object read(ByteBuffer in) {
            return new String(readBytes(in), StandardCharsets.UTF_8);
        }
    },
    PROGRAM(Program.class, Program.class) {
        @Override
        public void write(ByteBuffer out, Object value) {
            writeBytes(out, ((Program) value).bytes());
        }

        @Override
        public Object read(ByteBuffer in) {
            return new Program(readBytes(in));
        }
    };

    /** What it is the codec of, and the same as an object. */
    final Class<?> type;

    final Class<?> boxed;

    PlainCodec(Class<?> type, Class<?> boxed) {
        this.type = type;
        this.boxed = boxed;
    }

    private static void writeBytes(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length);
        out.put(bytes);
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[Codec.readCount(in)];
        in.get(bytes);
        return bytes;
    }
}
