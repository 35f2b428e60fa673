#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FS_IMMUTABLE_FL 0x10
#define FS_APPEND_FL 0x20
#define FS_JOURNAL_DATA_FL 0x4000

static unsigned attribute;

static int set_attribute(unsigned wanted)
{
	unsigned flags;

	if (ioctl(control, 0x80086601UL /* FS_IOC_GETFLAGS */, &flags) < 0)
		return -1;
	flags = (flags & ~(FS_IMMUTABLE_FL | FS_APPEND_FL | FS_JOURNAL_DATA_FL)) | wanted;
	if (ioctl(control, 0x40086602UL /* FS_IOC_SETFLAGS */, &flags) < 0)
		return -1;
	attribute = wanted;
	return fsync(control);
}

static void clear_attribute(void)
{
	if (attribute && set_attribute(0) < 0)
		perror(path);
}
