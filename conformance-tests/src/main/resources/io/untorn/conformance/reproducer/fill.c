/* Allocate all free space of the file system but LEFT bytes; -1 frees it again, as the exit of the program does. */
static int leave_free(long left)
{
	begin_to_fill();
	if (left > 0)
		take(little, left, left);
	if (left >= 0)
		take(filler, 1L << 30, LONG_MAX);
	if (give_back(little) < 0)
		give_up("give back the free space beside");
	return 0;
}
