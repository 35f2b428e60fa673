#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

/* Print the first 512 extents that FS_IOC_FIEMAP reports; return how many, or -1. */
static int extents_in_order;
static long map_extents(void)
{
	static struct {
		uint64_t fm_start, fm_length;
		uint32_t fm_flags, fm_mapped_extents, fm_extent_count, fm_reserved;
		struct {
			uint64_t fe_logical, fe_physical, fe_length, fe_reserved64[2];
			uint32_t fe_flags, fe_reserved[3];
		} extents[512];
	} map;

	map.fm_start = 0;
	map.fm_length = UINT64_MAX;
	map.fm_extent_count = 512;
	if (ioctl(control, 0xc020660bUL /* FS_IOC_FIEMAP */, &map) < 0)
		return -1;
	extents_in_order = 1;
	for (uint32_t i = 0; i < map.fm_mapped_extents; i++) {
		printf("  extent: %llu bytes at %llu, on disk at %llu, flags 0x%x\n",
		       (unsigned long long)map.extents[i].fe_length, (unsigned long long)map.extents[i].fe_logical,
		       (unsigned long long)map.extents[i].fe_physical, map.extents[i].fe_flags);
		if (i && map.extents[i - 1].fe_logical + map.extents[i - 1].fe_length > map.extents[i].fe_logical)
			extents_in_order = 0;
	}
	return map.fm_mapped_extents;
}
