#include <sys/ioctl.h>

/* Freeze the file system that the file is on, and thaw it again. */
static int freeze_and_thaw(void)
{
	if (ioctl(control, 0xC0045877UL /* FIFREEZE */, 0) < 0)
		return -1;
	return ioctl(control, 0xC0045878UL /* FITHAW */, 0);
}
