#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* Unmount, let the checker of the file system look, mount, and open the file again with FLAGS. */
static int check_file_system(int flags)
{
	char command[4200];
	unsigned had = attribute;
	int status;

	clear_attribute();
	find_mount();
	close(control);
	close(buffered);
	close(direct);
	close(twin);
	close(twin_direct);
	close(twin_buffered);
	if (umount(directory) < 0)
		give_up("unmount the file system of");
	snprintf(command, sizeof(command), "%s -n %s", strcmp(type, "xfs") ? "e2fsck -f" : "xfs_repair", device);
	status = system(command);
	if (mount(device, directory, type, 0, "") < 0)
		give_up("mount the file system of");
	control = open(path, O_RDWR | O_CLOEXEC);
	if (control < 0 || open_data(flags) < 0)
		give_up("open");
	open_twin(0);
	if (had && set_attribute(had) < 0)
		give_up("set the attribute again of");
	return status != 0;
}
