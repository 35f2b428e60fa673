#include <sys/mount.h>

/* Change the options of what is mounted. */
static int remount_live(const char *options)
{
	find_mount();
	return mount(device, directory, type, 0x20 /* MS_REMOUNT */, options) < 0 ? -1 : ask();
}
