#include <errno.h>

/* Mount again with a file that has no attribute meanwhile: that could keep it from being opened. */
static int mount_again_plain(const char *options, int flags)
{
	unsigned had = attribute;
	int result, reason;

	take_attribute_away();
	result = mount_again(options, flags);
	reason = errno;
	if (had && set_attribute(had) < 0)
		give_up("give its attribute again to");
	errno = reason;
	return result;
}
