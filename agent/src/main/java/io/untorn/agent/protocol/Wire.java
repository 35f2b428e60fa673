package io.untorn.agent.protocol;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Requests and replies as bytes. The types are the format: host and agent are always built from the same sources, so it
 * has no version.
 */
public final class Wire {
    private static final int USUAL_BYTES = 16 << 10;
    private static final Codec<Request> REQUEST;
    private static final Codec<Reply> REPLY;

    static {
        Codecs codecs = new Codecs();
        REQUEST = codecs.of(Request.class);
        REPLY = codecs.of(Reply.class);
    }

    private Wire() {}

    /** Encode a request. */
    public static byte[] encode(Request request) {
        return encoded(REQUEST, request);
    }

    /**
     * Decode a request.
     *
     * @throws IllegalArgumentException if the bytes are not exactly a request
     */
    public static Request decodeRequest(byte[] bytes) {
        return decoded(REQUEST, bytes);
    }

    /** Encode a reply. */
    public static byte[] encode(Reply reply) {
        return encoded(REPLY, reply);
    }

    /**
     * Decode a reply.
     *
     * @throws IllegalArgumentException if the bytes are not exactly a reply
     */
    public static Reply decodeReply(byte[] bytes) {
        return decoded(REPLY, bytes);
    }

    private static <T> byte[] encoded(Codec<T> codec, T message) {
        for (int size = USUAL_BYTES; ; size *= 2) {
            ByteBuffer out = ByteBuffer.allocate(size);
            try {
                codec.write(out, message);
                return Arrays.copyOf(out.array(), out.position());
            } catch (BufferOverflowException e) {
                // Once more, with more room.
            }
        }
    }

    private static <T> T decoded(Codec<T> codec, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            T message = codec.read(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes left over after " + message);
            }
            return message;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "broken message: it ends too early, after " + bytes.length + " bytes", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("broken message: " + e.getMessage(), e);
        }
    }
}
