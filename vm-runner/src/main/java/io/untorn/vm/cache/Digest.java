package io.untorn.vm.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 over several inputs, each preceded by its length. */
public final class Digest {
    private static final int SHORT_BYTES = 8;

    private final MessageDigest sha256;

    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public Digest add(byte[] input) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, input.length));
        sha256.update(input);
        return this;
    }

    public Digest add(String input) {
        return add(input.getBytes(StandardCharsets.UTF_8));
    }

    /** Add the content of a file. */
    public Digest add(Path file) throws IOException {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, Files.size(file)));
        try (InputStream content = Files.newInputStream(file)) {
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        }
        return this;
    }

    /** Return the first 64 bits in hexadecimal, which is enough for a file name, and end this digest. */
    public String shortHex() {
        return HexFormat.of().formatHex(sha256.digest(), 0, SHORT_BYTES);
    }
}
