package io.untorn.agent;

import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Mount;
import io.untorn.agent.protocol.Preparation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Makes targets ready: loads modules, finds the disk, makes and mounts a file system. */
final class TargetPreparer {
    private static final String DISK_MODEL = "scsi_debug";
    private static final Path BLOCK_DEVICES = Path.of("/sys/block");
    private static final String FIRST_PARTITION = "1";
    private static final String MOUNT_POINT = "/mnt";
    private static final String FILE = MOUNT_POINT + "/file";
    private static final Duration DISK_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private boolean mounted;

    /** Prepare a target; the one before is gone. */
    PreparedTarget prepare(Preparation preparation) throws IOException, InterruptedException {
        if (mounted) {
            GuestCalls.unmount(MOUNT_POINT);
            mounted = false;
        }
        for (Preparation.Module module : preparation.modules()) {
            GuestKernel.load(module.name(), module.parameters());
        }
        String disk = awaitDisk();
        String node = "/dev/" + disk + (preparation.partition() ? FIRST_PARTITION : "");
        awaitNode(Path.of(node));
        DiskFolder folder = new DiskFolder(BLOCK_DEVICES.resolve(disk));
        folder.splitRequests(preparation.requestKibibytes());
        if (preparation.fileSystem().isEmpty()) {
            return new PreparedTarget(preparation.target(), folder, node, Optional.empty(), List.of());
        }
        List<String> makeFileSystem = new ArrayList<>(preparation.makeFileSystem());
        makeFileSystem.add(node);
        OldData.lay(Path.of(node));
        run(makeFileSystem);
        Files.createDirectories(Path.of(MOUNT_POINT));
        Mount mount = new Mount(preparation.fileSystem(), node, MOUNT_POINT);
        mount.mount("");
        mounted = true;
        return new PreparedTarget(
                preparation.target(), folder, FILE, Optional.of(mount), preparation.checkFileSystem());
    }

    private static String awaitDisk() throws IOException {
        return await("disk of model " + DISK_MODEL, TargetPreparer::disk);
    }

    private static void awaitNode(Path node) throws IOException {
        await(node.toString(), () -> Optional.of(node).filter(Files::exists));
    }

    private static <T> T await(String what, Search<T> search) throws IOException {
        long deadline = System.nanoTime() + DISK_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> found = search.find();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AgentException("no " + what + " came up in " + DISK_LIMIT.toSeconds() + " s");
    }

    /** Looks for what takes a while to come up. */
    @FunctionalInterface
    private interface Search<T> {
        Optional<T> find() throws IOException;
    }

    private static Optional<String> disk() throws IOException {
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(BLOCK_DEVICES)) {
            for (Path device : devices) {
                Path model = device.resolve("device/model");
                if (Files.exists(model) && Files.readString(model).strip().equals(DISK_MODEL)) {
                    return Optional.of(device.getFileName().toString());
                }
            }
        }
        return Optional.empty();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new AgentException(String.join(" ", command) + " exited with " + exitCode + ": " + output.strip());
        }
    }
}
