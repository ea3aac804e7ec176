// SPDX-License-Identifier: GPL-2.0-only
/* Which process has a matrix open, from /proc. See read-guests.h. */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/read-guests.h"
#include "host/read-matrices.h"

/* The longest link to a VFIO device. */
#define DEVICE_MAX	64

/* The devices by which a matrix is opened: its group's, and its own. */
struct devices {
	char *group;
	char *own;
};

static void find_devices(struct sysfs *fs, const struct matrix *matrix,
			 struct devices *devices)
{
	char *path = matrix_path(matrix->uuid, "iommu_group");
	struct names names;
	char group[16];

	if (matrix->active && !sysfs_link(fs, path, group, sizeof(group)))
		devices->group = xasprintf("/dev/vfio/%s", group);
	free(path);
	path = matrix_path(matrix->uuid, "vfio-dev");
	sysfs_list(fs, path, ENTRY_DIRECTORY, &names);
	if (names.nr)
		devices->own = xasprintf("/dev/vfio/devices/%s", names.at[0]);
	names_free(&names);
	free(path);
}

/* QEMU's -name guest=web1,debug-threads=on, or -name web1; NULL if there is none. */
static char *name_of_guest(struct sysfs *fs, const char *pid)
{
	char *path = xasprintf("/proc/%s/cmdline", pid), *name = NULL;
	struct text words = { 0 };
	const char *word, *end;

	sysfs_read(fs, path, &words);
	free(path);
	end = text_str(&words) + words.len;
	for (word = text_str(&words); word < end && !name; word += strlen(word) + 1) {
		if (!str_is(word, "-name") || word + sizeof("-name") >= end)
			continue;
		word += sizeof("-name");
		word += strncmp(word, "guest=", 6) ? 0 : 6;
		name = xstrndup(word, strcspn(word, ","));
	}
	text_free(&words);
	return name;
}

static void take_process(struct sysfs *fs, struct matrix *matrix, const char *pid)
{
	matrix->guest_pid = strtol(pid, NULL, 10);
	free(matrix->guest_name);
	matrix->guest_name = name_of_guest(fs, pid);
	if (matrix->state == MATRIX_UNKNOWN)
		matrix->state = MATRIX_IN_USE;
}

static void look_at_process(struct sysfs *fs, struct snapshot *snap,
			    const struct devices *devices, const char *pid)
{
	char *path = xasprintf("%s/proc/%s/fd", fs->root, pid);
	char target[DEVICE_MAX];
	struct dirent *entry;
	DIR *dir = opendir(path);
	ssize_t len;
	size_t i;

	free(path);
	while (dir && (entry = readdir(dir))) {
		len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);
		target[len < 0 ? 0 : len] = '\0';
		if (strncmp(target, "/dev/vfio/", 10))
			continue;
		for (i = 0; i < snap->nr_matrices; i++) {
			if (str_is(target, devices[i].group) ||
			    str_is(target, devices[i].own))
				take_process(fs, &snap->matrices[i], pid);
		}
	}
	if (dir)
		closedir(dir);
}

void read_guests(struct sysfs *fs, struct snapshot *snap)
{
	struct devices *devices;
	struct dirent *entry;
	char *path;
	size_t i;
	DIR *dir;

	if (snap->guests_sought)
		return;
	snap->guests_sought = true;
	devices = xcalloc(snap->nr_matrices, sizeof(*devices));
	path = sysfs_path(fs, "/proc");
	dir = opendir(path);
	for (i = 0; i < snap->nr_matrices; i++)
		find_devices(fs, &snap->matrices[i], &devices[i]);
	while (dir && (entry = readdir(dir))) {
		if (isdigit((unsigned char)*entry->d_name))
			look_at_process(fs, snap, devices, entry->d_name);
	}
	/* root has seen all processes: none has it open */
	for (i = 0; i < snap->nr_matrices && dir && !geteuid(); i++) {
		if (snap->matrices[i].state == MATRIX_UNKNOWN &&
		    (devices[i].group || devices[i].own))
			snap->matrices[i].state = MATRIX_IDLE;
	}
	if (dir)
		closedir(dir);
	for (i = 0; i < snap->nr_matrices; i++) {
		free(devices[i].group);
		free(devices[i].own);
	}
	free(devices);
	free(path);
}
