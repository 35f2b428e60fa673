package io.untorn.model.operation;

import io.untorn.model.target.Facility;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hand several writes to the kernel at once, in one io_submit(2) or one io_uring_enter(2), and wait for all. Nothing says in
 * which order they are done. Where the kernel takes only the first of them by one call, because the next is refused at once,
 * another call hands over the rest.
 *
 * <p>Through a descriptor that appends each is waited for before the next is handed over: XFS finds the place of one while
 * those before it may still be on their way (fs/xfs/xfs_file.c, xfs_file_write_checks under a shared lock, 6.12 to 7.3), and
 * no document says where it then goes.
 *
 * <p>Requests that overlap lay down the same bytes where they do: no document says which of two comes last, so nothing tells
 * them apart there.
 *
 * @param requests 2 to {@value #MAX_REQUESTS} writes by the same engine, libaio or io_uring, through the same descriptor, each at
 *     an offset, without RWF_APPEND, of one segment that is all there and begins with a page; together no longer than {@value
 *     #MAX_BYTES} bytes. A plain direct one is of whole pages: XFS leaves a part of a shared block to the page cache
 *     (fs/xfs/xfs_file.c, xfs_file_write_iter), where it collides with what is on its way to the same page, and the kernel
 *     complains (mm/filemap.c, kiocb_invalidate_post_direct_write, 6.12 to 7.3)
 */
public record Batch(List<Write> requests) implements Operation {
    /** The most requests of one batch: more than AIO_PLUG_THRESHOLD, from where fs/aio.c lets the block layer merge them. */
    public static final int MAX_REQUESTS = 4;

    /** The most bytes of the requests of one batch: they lie in memory side by side. */
    public static final int MAX_BYTES = MAX_LENGTH / 2;

    /** What takes several requests at once. */
    public static final Set<Engine> ENGINES = EnumSet.of(Engine.IO_URING, Engine.LIBAIO);

    public Batch {
        requests = List.copyOf(requests);
        if (requests.size() < 2 || requests.size() > MAX_REQUESTS) {
            throw new IllegalArgumentException(
                    "requests of a batch outside 2 to " + MAX_REQUESTS + ": " + requests.size());
        }
        Write first = requests.get(0);
        for (Write request : requests) {
            if (request.engine() != first.engine() || !ENGINES.contains(request.engine())) {
                throw new IllegalArgumentException("a batch by " + first.engine() + " and " + request.engine());
            }
            if (request.access() != first.access()) {
                throw new IllegalArgumentException("the requests of a batch go through one descriptor");
            }
            if (request.offset() < 0 || request.flags().has(RwFlag.APPEND)) {
                throw new IllegalArgumentException("a request of a batch names its place, not: " + request);
            }
            if (request.split() != Split.ONE || !request.buffer().isPlain()) {
                throw new IllegalArgumentException(
                        "a request of a batch has one segment, at the start of a page, not: " + request);
            }
            if (!request.atomic()
                    && request.access() == Access.DIRECT
                    && (request.offset() | request.length()) % Buffer.PAGE != 0) {
                throw new IllegalArgumentException("a plain direct request of a batch is of pages, not: " + request);
            }
        }
        long bytes = requests.stream().mapToLong(Write::length).sum();
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a batch of " + bytes + " bytes, more than " + MAX_BYTES);
        }
    }

    /** Return what takes the requests. */
    public Engine engine() {
        return requests.get(0).engine();
    }

    /** Return what they go through. */
    public Access access() {
        return requests.get(0).access();
    }

    @Override
    public void touch(Footprint footprint) {
        requests.forEach(request -> request.touch(footprint));
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public List<Write> writes() {
        return requests;
    }

    @Override
    public Facility facility() {
        return engine().facility();
    }

    @Override
    public String toString() {
        return requests.size() + " requests in one " + (engine() == Engine.LIBAIO ? "io_submit" : "io_uring_enter")
                + ": "
                + requests.stream()
                        .map(request -> request.through(Engine.PWRITEV2).toString())
                        .collect(Collectors.joining("; "));
    }
}
