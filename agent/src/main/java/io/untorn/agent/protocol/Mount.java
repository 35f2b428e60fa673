package io.untorn.agent.protocol;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.linux.Uapi;

/**
 * A file system on a disk, and where it is mounted.
 *
 * @param fileSystem its type
 * @param device the disk's node
 * @param directory where it is mounted
 */
public record Mount(String fileSystem, String device, String directory) {
    /** Mount with options of the file system, with commas between. */
    public void mount(String options) throws GuestCallException {
        GuestCalls.mount(fileSystem, device, directory, 0, options);
    }

    /** Change the options of what is mounted. */
    public void remount(String options) throws GuestCallException {
        GuestCalls.mount(fileSystem, device, directory, Uapi.MS_REMOUNT, options);
    }

    public void unmount() throws GuestCallException {
        GuestCalls.unmount(directory);
    }
}
