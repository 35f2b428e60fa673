#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Get size and limits by a symbolic link beside the target, which is made for that; the link's own size counts as 0. */
static int statx_link(int flags)
{
	char name[4096];
	int result, reason;

	snprintf(name, sizeof(name), "%s.link", path);
	if (symlink(path, name) < 0)
		give_up("make a symbolic link to");
	result = statx_at(name, flags);
	reason = errno;
	unlink(name);
	if (flags & AT_SYMLINK_NOFOLLOW)
		stx.stx_size = 0;
	errno = reason;
	return result;
}
