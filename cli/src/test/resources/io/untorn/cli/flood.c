/* Leave a process behind that writes to the console without a pause, as fast as the console takes it. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char line[200];
	int console, log;

	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\n';
	console = open("/dev/console", O_WRONLY | O_NOCTTY);
	log = open("/dev/kmsg", O_WRONLY);
	if (console < 0 || log < 0)
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
		if (write(console, line, sizeof(line)) < 0)
			return 1;
		if (write(log, line, sizeof(line)) < 0)
			return 1;
	}
}
