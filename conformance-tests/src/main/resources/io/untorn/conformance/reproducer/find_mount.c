#include <errno.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

static char device[4096], directory[4096], type[64];

/* Find the file system that the file is on. */
static void find_mount(void)
{
	FILE *mounts = setmntent("/proc/self/mounts", "r");
	struct mntent *entry;
	struct stat file, root;

	if (!mounts || fstat(control, &file) < 0)
		give_up("find the mount of");
	while ((entry = getmntent(mounts)))
		if (stat(entry->mnt_dir, &root) == 0 && root.st_dev == file.st_dev) {
			snprintf(device, sizeof(device), "%s", entry->mnt_fsname);
			snprintf(directory, sizeof(directory), "%s", entry->mnt_dir);
			snprintf(type, sizeof(type), "%s", entry->mnt_type);
		}
	endmntent(mounts);
	if (!directory[0])
		give_up("find the mount of");
}
