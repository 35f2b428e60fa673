#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int kmsg;
static int warned; /* before the program began, so that WARN_ON_ONCE may stay silent */

/* Re-arm WARN_ON_ONCE; if that fails, see whether a warning came before. */
static void rearm_warnings(void)
{
	char text[24] = "";
	int again = open("/sys/kernel/debug/clear_warn_once", O_WRONLY | O_CLOEXEC);
	int tainted = open("/proc/sys/kernel/tainted", O_RDONLY | O_CLOEXEC);

	if ((again < 0 || write(again, "1", 1) != 1) && read(tainted, text, sizeof(text) - 1) > 0)
		warned = (strtoul(text, NULL, 10) & 512 /* TAINT_WARN */) != 0;
	close(again);
	close(tainted);
}

/* Open the kernel's log at its end. */
static void open_log(void)
{
	rearm_warnings();
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kmsg < 0 || lseek(kmsg, 0, SEEK_END) < 0) {
		printf("can't try it: may not read /dev/kmsg, where the fault shows: run it as root\n");
		exit(2);
	}
}

static int others; /* complaints of other functions */

/* Print the complaints among what the kernel logged; return how many name PLACE. */
static int complaints(const char *place)
{
	static const char *starts[] = {"WARNING: ", "BUG: ", "kernel BUG at ", "Oops: ", "general protection fault",
				       "UBSAN: ", "EXT4-fs error ", ": Corruption", ": Internal error",
				       ": Metadata corruption", "hutting down filesystem", "Buffer I/O error ",
				       "I/O error, dev "};
	char record[8192];
	ssize_t length;
	int count = 0;

	while ((length = read(kmsg, record, sizeof(record) - 1)) > 0) {
		char *text;

		record[length] = 0;
		text = strchr(record, ';') ? strchr(record, ';') + 1 : record;
		text[strcspn(text, "\n")] = 0;
		for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (strstr(text, starts[i])) {
				printf("kernel: %s\n", text);
				if (strstr(text, place))
					count++;
				else
					others++;
				break;
			}
	}
	return count;
}
