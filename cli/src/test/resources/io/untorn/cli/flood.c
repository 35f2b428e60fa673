/*
 * Leave a process behind that floods the console without a pause: it writes to the serial port itself, past the terminal,
 * which takes less than 1 MB/s on an emulated processor, and now and then to the kernel's log.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/io.h>
#include <unistd.h>

#define FIRST_SERIAL_PORT 0x3f8
#define LINES_BETWEEN 10

int main(void)
{
	char line[200];
	int log;

	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\n';
	log = open("/dev/kmsg", O_WRONLY);
	if (log < 0 || iopl(3))
		return 2;
	switch (fork()) {
	case -1:
		return 2;
	case 0:
		break;
	default:
		return 0;
	}
	close(0);
	close(1);
	close(2);
	for (;;) {
		for (int i = 0; i < LINES_BETWEEN; i++)
			outsb(FIRST_SERIAL_PORT, line, sizeof(line));
		if (write(log, line, sizeof(line)) < 0)
			return 1;
	}
}
