#include <sys/mount.h>

/* Change the mount options, without an unmount. */
static int remount_live(const char *options)
{
	find_mount();
	return mount(device, directory, type, 0x20 /* MS_REMOUNT */, options) < 0 ? -1 : get_statx();
}
