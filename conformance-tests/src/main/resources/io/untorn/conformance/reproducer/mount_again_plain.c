#include <errno.h>

/* Mount again with the file's attribute cleared meanwhile: it could keep the file from being opened. */
static int mount_again_plain(const char *options, int flags)
{
	unsigned had = attribute;
	int result, reason;

	clear_attribute();
	result = mount_again(options, flags);
	reason = errno;
	if (had && set_attribute(had) < 0)
		give_up("set the attribute again of");
	errno = reason;
	return result;
}
