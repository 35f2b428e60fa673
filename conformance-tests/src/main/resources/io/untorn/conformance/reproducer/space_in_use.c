#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <unistd.h>

static struct statfs space_before; /* when the program began */

static void look_at_space(struct statfs *space)
{
	char name[4096];

	snprintf(name, sizeof(name), "%s", path);
	if (statfs(dirname(name), space) < 0)
		give_up("ask for the free space beside");
}

static void note_space(void)
{
	look_at_space(&space_before);
}

/* Remove the files, mount again, compare what is in use, and make the files again, opened with FLAGS. */
static int space_still_in_use(int flags)
{
	struct statfs now;

	clear_attribute();
	leave_free(-1);
	find_mount();
	close(control);
	close(buffered);
	close(direct);
	close(twin);
	close(twin_direct);
	close(twin_buffered);
	if (unlink(path) < 0 || unlink(twin_path) < 0)
		give_up("remove");
	if (umount(directory) < 0 || mount(device, directory, type, 0, "") < 0)
		give_up("mount again the file system of");
	look_at_space(&now);
	control = open(path, O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL, 0600);
	if (control < 0 || open_data(flags) < 0)
		give_up("open");
	open_twin(O_CREAT | O_EXCL);
	return now.f_blocks - now.f_bfree != space_before.f_blocks - space_before.f_bfree ||
	       now.f_files - now.f_ffree != space_before.f_files - space_before.f_ffree;
}
