package io.untorn.vm.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Two connected Unix sockets: the one for the code under test, the other for the test. */
record SocketPair(SocketChannel ours, SocketChannel theirs) implements AutoCloseable {
    static SocketPair in(Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel ours = SocketChannel.open(address);
            return new SocketPair(ours, server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        ours.close();
        theirs.close();
    }
}
