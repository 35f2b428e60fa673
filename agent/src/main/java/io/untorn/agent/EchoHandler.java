package io.untorn.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answer each request with itself, and greet with the kernel's release. */
final class EchoHandler implements RequestHandler {
    @Override
    public byte[] greeting() {
        return System.getProperty("os.version").getBytes(UTF_8);
    }

    @Override
    public byte[] answer(byte[] request) {
        return request;
    }
}
