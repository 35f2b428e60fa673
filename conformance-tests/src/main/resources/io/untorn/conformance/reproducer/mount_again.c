#include <errno.h>
#include <sys/mount.h>
#include <unistd.h>

/* Unmount, mount with OPTIONS, or without if that fails, and open the file again with FLAGS. */
static int mount_again(const char *options, int flags)
{
	int result, reason;

	find_mount();
	close(control);
	close(buffered);
	close(direct);
	close(twin);
	close(twin_direct);
	close(twin_buffered);
	if (umount(directory) < 0)
		give_up("unmount the file system of");
	result = mount(device, directory, type, 0, options);
	reason = errno;
	if (result < 0 && mount(device, directory, type, 0, "") < 0)
		give_up("mount the file system of");
	control = open(path, O_RDWR | O_CLOEXEC);
	if (control < 0 || open_data(flags) < 0)
		give_up("open");
	open_twin(0);
	errno = reason;
	return result < 0 ? -1 : get_statx();
}
