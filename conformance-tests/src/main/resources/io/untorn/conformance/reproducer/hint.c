#include <stdint.h>
#include <sys/ioctl.h>

/* Set the extent size hint, ioctl_xfs_fssetxattr(2); 0 for none. */
static int hint_extent_size(uint32_t bytes)
{
	struct {
		uint32_t fsx_xflags, fsx_extsize, fsx_nextents, fsx_projid, fsx_cowextsize;
		unsigned char fsx_pad[8];
	} attributes;

	if (ioctl(control, 0x801c581fUL /* FS_IOC_FSGETXATTR */, &attributes) < 0)
		return -1;
	attributes.fsx_extsize = bytes;
	attributes.fsx_xflags &= ~0x800U; /* FS_XFLAG_EXTSIZE */
	attributes.fsx_xflags |= bytes ? 0x800U : 0;
	return ioctl(control, 0x401c5820UL /* FS_IOC_FSSETXATTR */, &attributes);
}
