/*
 * Set one of the attributes above, or none (0), as ioctl_iflags(2) says, and fsync(2) the file. At its exit the program
 * clears the attribute.
 */
static int change_attribute(unsigned wanted)
{
	static int undone;

	undone = undone || !atexit(clear_attribute);
	return set_attribute(wanted);
}
