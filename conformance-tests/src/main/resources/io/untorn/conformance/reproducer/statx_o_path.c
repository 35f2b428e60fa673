#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Get size and limits by a descriptor that was opened with O_PATH. */
static int statx_o_path(void)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	int result;

	if (fd < 0)
		return -1;
	result = syscall(SYS_statx, fd, "", 0x1000 /* AT_EMPTY_PATH */, 0x327ff, &stx);
	close(fd);
	if (result == 0 && S_ISBLK(stx.stx_mode))
		return ioctl(control, 0x80081272UL /* BLKGETSIZE64 */, &stx.stx_size);
	return result;
}
