// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel, as far as apmatrix can tell. See model-kernel.h.
 *
 * The tree holds all state. Every event loads it, changes it, and writes back
 * what differs. What mainline forgets to filter is forgotten here, too.
 *
 * MODEL_FAIL=PATH-PART:NTH:WHAT makes the nth write to a path that contains
 * the part go wrong (NTH+: and all after it): an errno name refuses it, "lie"
 * takes it and does nothing, "late" does it and reports EIO, "interrupt" does it
 * and sends SIGINT. MODEL_KILL=N kills before the Nth change of kernel or disk.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apm/apm.h"
#include "host/sysfs.h"
#include "model-filter.h"
#include "model-kernel.h"

#define MDEVS_MAX	64

enum variant { V5_10, V6_1, V6_12, V7_2, OURS };

struct mdev {
	char uuid[37];
	struct apm_matrix assigned;
	struct apm_matrix guest;
	bool in_use;
};

struct kernel {
	char root[PATH_MAX];
	enum variant variant;
	struct apm_matrix host;
	struct apm_mask apmask, aqmask;
	unsigned int max[2];
	bool has_override;
	char *driver[APM_MATRIX_APQNS];	/* NULL: no queue; "": no driver */
	char *override[APM_MATRIX_APQNS];
	struct mdev mdevs[MDEVS_MAX];
	size_t nr_mdevs;
};

/* files */

static char *path_of(const struct kernel *kernel, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static char *path_of(const struct kernel *kernel, const char *format, ...)
{
	struct text path = { 0 };
	va_list args;

	text_add(&path, kernel->root);
	va_start(args, format);
	text_vaddf(&path, format, args);
	va_end(args);
	return text_steal(&path);
}

static char *slurp(char *path)
{
	struct text text = { 0 };
	char chunk[4096];
	ssize_t len;
	int fd = open(path, O_RDONLY);

	free(path);
	if (fd < 0)
		return NULL;
	while ((len = read(fd, chunk, sizeof(chunk))) > 0)
		text_addn(&text, chunk, (size_t)len);
	close(fd);
	while (text.len && text.at[text.len - 1] == '\n')
		text.at[--text.len] = '\0';
	return text_steal(&text);
}

/* As a whole, as an attribute is read and written: nobody sees half of it. */
static void spill(char *path, const char *content, size_t len)
{
	char *fresh = xasprintf("%s.%ld~", path, (long)getpid());
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	struct stat old;

	if (fd < 0 || write(fd, content, len) != (ssize_t)len ||
	    fchmod(fd, stat(path, &old) ? 0644 : old.st_mode & 07777) ||
	    rename(fresh, path))
		fprintf(stderr, "model: cannot write %s\n", path);
	if (fd >= 0)
		close(fd);
	free(fresh);
	free(path);
}

static void spill_line(char *path, const char *line)
{
	char *text = xasprintf("%s\n", line);

	spill(path, text, strlen(text));
	free(text);
}

static bool exists(char *path)
{
	struct stat info;
	bool there = !lstat(path, &info);

	free(path);
	return there;
}

static void load_mask(struct kernel *kernel, const char *name, struct apm_mask *mask)
{
	char *text = slurp(path_of(kernel, "/sys/bus/ap/%s", name));

	if (text)
		apm_parse_mask(text, strlen(text), mask);
	free(text);
}

static unsigned int load_number(struct kernel *kernel, const char *name)
{
	char *text = slurp(path_of(kernel, "/sys/bus/ap/%s", name));
	unsigned int number = text ? (unsigned int)strtoul(text, NULL, 10) : 0;

	free(text);
	return number;
}

/* loading */

static void load_queue(struct kernel *kernel, const char *card, const char *name)
{
	unsigned int apid, apqi, nr;
	char target[256] = "";
	char *path;
	ssize_t len;

	if (apm_parse_apqn(name, strlen(name), &apid, &apqi))
		return;
	nr = apid * APM_MATRIX_IDS + apqi;
	path = path_of(kernel, "/sys/devices/ap/%s/%s/driver", card, name);
	len = readlink(path, target, sizeof(target) - 1);
	free(path);
	kernel->driver[nr] = xstrdup(len > 0 ? strrchr(target, '/') + 1 : "");
	kernel->override[nr] = slurp(path_of(kernel, "/sys/devices/ap/%s/%s/driver_override",
					     card, name));
	if (kernel->override[nr])
		kernel->has_override = true;
}

static void load_queues(struct kernel *kernel)
{
	char *path = path_of(kernel, "/sys/devices/ap");
	DIR *cards = opendir(path), *queues;
	struct dirent *card, *queue;

	free(path);
	while (cards && (card = readdir(cards))) {
		if (strncmp(card->d_name, "card", 4))
			continue;
		path = path_of(kernel, "/sys/devices/ap/%s", card->d_name);
		queues = opendir(path);
		free(path);
		while (queues && (queue = readdir(queues)))
			load_queue(kernel, card->d_name, queue->d_name);
		if (queues)
			closedir(queues);
	}
	if (cards)
		closedir(cards);
}

static void load_lines(const char *text, struct apm_matrix *matrix)
{
	unsigned int apid, apqi;

	while (text && *text) {
		if (sscanf(text, "%x.%x", &apid, &apqi) == 2) {
			apm_mask_set(&matrix->dim[APM_DIM_ADAPTER], apid);
			apm_mask_set(&matrix->dim[APM_DIM_DOMAIN], apqi);
		} else if (sscanf(text, ".%x", &apqi) == 1) {
			apm_mask_set(&matrix->dim[APM_DIM_DOMAIN], apqi);
		} else if (sscanf(text, "%x.", &apid) == 1) {
			apm_mask_set(&matrix->dim[APM_DIM_ADAPTER], apid);
		}
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
}

static void load_mdev(struct kernel *kernel, const char *uuid)
{
	struct mdev *mdev = &kernel->mdevs[kernel->nr_mdevs++];
	const char *base = "/sys/devices/vfio_ap/matrix";
	char *text, *line;

	memset(mdev, 0, sizeof(*mdev));
	memcpy(mdev->uuid, uuid, sizeof(mdev->uuid));
	text = slurp(path_of(kernel, "%s/%s/ap_config", base, uuid));
	if (text && *text) {
		apm_parse_config(text, strlen(text), &mdev->assigned);
	} else {
		free(text);
		text = slurp(path_of(kernel, "%s/%s/matrix", base, uuid));
		load_lines(text, &mdev->assigned);
		free(text);
		text = slurp(path_of(kernel, "%s/%s/control_domains", base, uuid));
		for (line = text; line && *line; line = strchr(line, '\n') ?
		     strchr(line, '\n') + 1 : NULL)
			apm_mask_set(&mdev->assigned.dim[APM_DIM_CONTROL_DOMAIN],
				    (unsigned int)strtoul(line, NULL, 16));
	}
	free(text);
	text = slurp(path_of(kernel, "%s/%s/guest_matrix", base, uuid));
	load_lines(text, &mdev->guest);
	free(text);
	/* stock does not show them: they are what filtering gives */
	apm_mask_and(&mdev->guest.dim[APM_DIM_CONTROL_DOMAIN],
		    apm_matrix_adm(&mdev->assigned), apm_matrix_adm(&kernel->host));
	mdev->in_use = exists(path_of(kernel, "/.model/%s", uuid));
}

static void load_mdevs(struct kernel *kernel)
{
	char *path = path_of(kernel, "/sys/devices/vfio_ap/matrix");
	DIR *dir = opendir(path);
	struct dirent *entry;

	free(path);
	while (dir && (entry = readdir(dir))) {
		if (strlen(entry->d_name) == 36 && entry->d_name[8] == '-' &&
		    kernel->nr_mdevs < MDEVS_MAX)
			load_mdev(kernel, entry->d_name);
	}
	if (dir)
		closedir(dir);
}

static struct kernel *kernel_load(const char *root)
{
	struct kernel *kernel = xnew(struct kernel);
	char *features, *model;

	snprintf(kernel->root, sizeof(kernel->root), "%s", root);
	load_mask(kernel, "ap_adapter_mask", &kernel->host.dim[APM_DIM_ADAPTER]);
	load_mask(kernel, "ap_usage_domain_mask", &kernel->host.dim[APM_DIM_DOMAIN]);
	load_mask(kernel, "ap_control_domain_mask",
		  &kernel->host.dim[APM_DIM_CONTROL_DOMAIN]);
	load_mask(kernel, "apmask", &kernel->apmask);
	load_mask(kernel, "aqmask", &kernel->aqmask);
	kernel->max[0] = load_number(kernel, "ap_max_adapter_id");
	kernel->max[1] = load_number(kernel, "ap_max_domain_id");
	load_queues(kernel);
	features = slurp(path_of(kernel, "/sys/devices/vfio_ap/matrix/features"));
	if (features)
		kernel->variant = strstr(features, "reasons") ? OURS : V7_2;
	model = slurp(path_of(kernel, "/.model/variant"));
	if (model && !strcmp(model, "6.1"))
		kernel->variant = V6_1;
	else if (model && !strcmp(model, "6.12"))
		kernel->variant = V6_12;
	free(model);
	free(features);
	load_mdevs(kernel);
	return kernel;
}

static void kernel_free(struct kernel *kernel)
{
	unsigned int i;

	for (i = 0; i < APM_MATRIX_APQNS; i++) {
		free(kernel->driver[i]);
		free(kernel->override[i]);
	}
	free(kernel);
}

/* storing */

static void store_text(struct kernel *kernel, const struct mdev *mdev,
		       const char *name,
		       size_t (*read)(const struct apm_matrix *, char *, size_t,
				      size_t),
		       const struct apm_matrix *matrix)
{
	size_t size = 8 * APM_MATRIX_APQNS, len;
	char *text = xcalloc(size, 1);

	len = read(matrix, text, size, 0);
	/* mainline cuts at a page; ours does not */
	if (kernel->variant != OURS && len > 4095)
		len = 4095;
	spill(path_of(kernel, "/sys/devices/vfio_ap/matrix/%s/%s", mdev->uuid, name),
	      text, len);
	free(text);
}

/* What keeps a queue from guests, in the manual page's word; NULL if nothing does. */
static const char *queue_reason(const void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct kernel *kernel = ctx;
	const char *driver = kernel->driver[apid * APM_MATRIX_IDS + apqi];

	if (!driver)
		return "no-queue-device";
	if (!*driver)
		return "unbound";
	return strcmp(driver, "vfio_ap") ? "bound-to-other-driver" : NULL;
}

static void store_reasons(struct kernel *kernel, const struct mdev *mdev)
{
	size_t size = 64 * APM_MATRIX_APQNS;
	char *text = xcalloc(size, 1);

	model_reasons(&mdev->assigned, &kernel->host, queue_reason, kernel, &mdev->guest, text,
		      size);
	spill(path_of(kernel, "/sys/devices/vfio_ap/matrix/%s/reasons", mdev->uuid), text,
	      strlen(text));
	free(text);
}

static void store_mdev(struct kernel *kernel, struct mdev *mdev)
{
	store_text(kernel, mdev, "matrix", apm_matrix_read_apqns, &mdev->assigned);
	store_text(kernel, mdev, "control_domains", apm_matrix_read_control_domains,
		   &mdev->assigned);
	if (kernel->variant >= V6_1)
		store_text(kernel, mdev, "guest_matrix", apm_matrix_read_apqns,
			   &mdev->guest);
	if (kernel->variant >= V6_12)
		store_text(kernel, mdev, "ap_config", apm_matrix_read_config,
			   &mdev->assigned);
	if (kernel->variant == OURS) {
		store_text(kernel, mdev, "guest_control_domains",
			   apm_matrix_read_control_domains, &mdev->guest);
		store_reasons(kernel, mdev);
	}
}

static void store_status(struct kernel *kernel)
{
	unsigned int apid, apqi;
	size_t i;

	if (kernel->variant == V5_10)
		return;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			const char *driver = kernel->driver[apid * APM_MATRIX_IDS + apqi];
			const char *word = "unassigned";
			char *path;

			if (!driver)
				continue;
			path = path_of(kernel, "/sys/devices/ap/card%02x/%02x.%04x/status",
				       apid, apid, apqi);
			/* zcrypt alone can ask for the master keys */
			if (strcmp(driver, "cex4queue")) {
				char *keys = path_of(kernel, "/sys/devices/ap/card%02x/%02x.%04x/mkvps",
						     apid, apid, apqi);

				unlink(keys);
				free(keys);
			}
			if (strcmp(driver, "vfio_ap")) {
				unlink(path);
				free(path);
				continue;
			}
			for (i = 0; i < kernel->nr_mdevs; i++) {
				const struct mdev *mdev = &kernel->mdevs[i];

				if (!apm_matrix_has(&mdev->assigned, apid, apqi))
					continue;
				word = mdev->in_use &&
				       apm_matrix_has(&mdev->guest, apid, apqi) ?
				       "in use" : "assigned";
			}
			spill_line(path, word);
		}
	}
}

static void kernel_store(struct kernel *kernel)
{
	char text[APM_MASK_TEXT_LEN + 1] = "";
	size_t i;

	for (i = 0; i < kernel->nr_mdevs; i++)
		store_mdev(kernel, &kernel->mdevs[i]);
	store_status(kernel);
	apm_mask_format(&kernel->apmask, text);
	spill_line(path_of(kernel, "/sys/bus/ap/apmask"), text);
	apm_mask_format(&kernel->aqmask, text);
	spill_line(path_of(kernel, "/sys/bus/ap/aqmask"), text);
	apm_mask_format(&kernel->host.dim[APM_DIM_ADAPTER], text);
	spill_line(path_of(kernel, "/sys/bus/ap/ap_adapter_mask"), text);
}

/* behaviour */

static struct mdev *find_mdev(struct kernel *kernel, const char *uuid)
{
	size_t i;

	for (i = 0; i < kernel->nr_mdevs; i++) {
		if (!strncmp(kernel->mdevs[i].uuid, uuid, 36))
			return &kernel->mdevs[i];
	}
	return NULL;
}

static void refilter(struct kernel *kernel, struct mdev *mdev)
{
	model_filter(&mdev->assigned, &kernel->host, queue_reason, kernel, &mdev->guest);
}

/* Ours looks at everything after anything; mainline only where it says so. */
static void settle(struct kernel *kernel)
{
	size_t i;

	for (i = 0; i < kernel->nr_mdevs && kernel->variant == OURS; i++)
		refilter(kernel, &kernel->mdevs[i]);
}

static bool reserved(struct kernel *kernel, unsigned int apid, unsigned int apqi)
{
	unsigned int nr = apid * APM_MATRIX_IDS + apqi;
	const char *override = kernel->override[nr];

	if (override && *override)
		return kernel->driver[nr] && *kernel->driver[nr] &&
		       strcmp(kernel->driver[nr], "vfio_ap");
	return apm_mask_test(&kernel->apmask, apid) &&
	       apm_mask_test(&kernel->aqmask, apqi);
}

static int check_matrix(struct kernel *kernel, const struct mdev *mdev,
			const struct apm_matrix *next)
{
	unsigned int apid, apqi;
	size_t i;

	apm_mask_for_each(apid, apm_matrix_apm(next)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(next)) {
			/* ours asks for what the change adds */
			if (kernel->variant == OURS &&
			    apm_matrix_has(&mdev->assigned, apid, apqi))
				continue;
			if (reserved(kernel, apid, apqi))
				return -EADDRNOTAVAIL;
			if (kernel->variant == V5_10 && queue_reason(kernel, apid, apqi))
				return -EADDRNOTAVAIL;
		}
	}
	for (i = 0; i < kernel->nr_mdevs; i++) {
		if (&kernel->mdevs[i] != mdev &&
		    apm_matrix_shares(&kernel->mdevs[i].assigned, next, NULL))
			return -EADDRINUSE;
	}
	return 0;
}

static int write_id(struct kernel *kernel, struct mdev *mdev, enum apm_dim dim,
		    bool assign, const char *value, size_t len)
{
	struct apm_matrix next = mdev->assigned;
	unsigned long id;
	int ret;

	if (kernel->variant == V5_10 && mdev->in_use)
		return -EBUSY;
	ret = apm_parse_id(value, len, &id);
	if (ret)
		return ret;
	if (id > kernel->max[dim != APM_DIM_ADAPTER])
		return -ENODEV;
	if (apm_mask_test(&next.dim[dim], (unsigned int)id) == assign)
		return 0;
	if (!assign) {
		apm_mask_clear(&mdev->assigned.dim[dim], (unsigned int)id);
		apm_mask_clear(&mdev->guest.dim[dim], (unsigned int)id);
		return 0;
	}
	apm_mask_set(&next.dim[dim], (unsigned int)id);
	ret = dim == APM_DIM_CONTROL_DOMAIN ? 0 : check_matrix(kernel, mdev, &next);
	if (ret)
		return ret;
	mdev->assigned = next;
	refilter(kernel, mdev);
	return 0;
}

static int write_config(struct kernel *kernel, struct mdev *mdev,
			const char *value, size_t len)
{
	struct apm_limits limits = { { kernel->max[0], kernel->max[1],
				      kernel->max[1] } };
	struct apm_matrix next;
	int ret = apm_parse_config(value, len, &next);

	if (!ret)
		ret = check_matrix(kernel, mdev, &next);
	if (!ret)
		ret = apm_limits_check(&limits, &next);
	if (ret)
		return ret;
	mdev->assigned = next;
	refilter(kernel, mdev);
	return 0;
}

static int remove_entry(const char *path, const struct stat *info, int kind,
			struct FTW *ftw)
{
	(void)info;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static int write_remove(struct kernel *kernel, struct mdev *mdev)
{
	char *path = path_of(kernel, "/sys/devices/vfio_ap/matrix/%s", mdev->uuid);

	if (mdev->in_use)
		return free(path), -EBUSY;
	nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(path);
	memmove(mdev, mdev + 1,
		(size_t)(kernel->mdevs + kernel->nr_mdevs - mdev - 1) * sizeof(*mdev));
	kernel->nr_mdevs--;
	return 0;
}

static int write_create(struct kernel *kernel, const char *value, size_t len)
{
	static const char *const attrs[] = {
		"assign_adapter", "assign_domain", "assign_control_domain",
		"unassign_adapter", "unassign_domain", "unassign_control_domain",
		"remove",
	};
	struct mdev *mdev = &kernel->mdevs[kernel->nr_mdevs];
	unsigned int i;
	char *path;

	if (len < 36 || len > 37)
		return -EINVAL;
	if (find_mdev(kernel, value))
		return -EEXIST;
	memset(mdev, 0, sizeof(*mdev));
	memcpy(mdev->uuid, value, 36);
	kernel->nr_mdevs++;
	path = path_of(kernel, "/sys/devices/vfio_ap/matrix/%s", mdev->uuid);
	mkdir(path, 0755);
	free(path);
	for (i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		spill(path_of(kernel, "/sys/devices/vfio_ap/matrix/%s/%s",
			      mdev->uuid, attrs[i]), "", 0);
	return 0;
}

static void link_driver(struct kernel *kernel, unsigned int apid,
			unsigned int apqi, const char *driver)
{
	unsigned int nr = apid * APM_MATRIX_IDS + apqi;
	char *path = path_of(kernel, "/sys/devices/ap/card%02x/%02x.%04x/driver",
			     apid, apid, apqi);
	char target[128];

	unlink(path);
	if (*driver) {
		snprintf(target, sizeof(target), "../../../../bus/ap/drivers/%s", driver);
		if (symlink(target, path))
			perror(path);
	}
	free(path);
	free(kernel->driver[nr]);
	kernel->driver[nr] = xstrdup(driver);
}

/* A queue comes to vfio_ap or leaves it: what mainline does with the guest. */
static void queue_moved(struct kernel *kernel, unsigned int apid,
			unsigned int apqi, const char *driver)
{
	size_t i;

	link_driver(kernel, apid, apqi, driver);
	for (i = 0; i < kernel->nr_mdevs; i++) {
		struct mdev *mdev = &kernel->mdevs[i];

		if (!apm_matrix_has(&mdev->assigned, apid, apqi))
			continue;
		if (!strcmp(driver, "vfio_ap"))
			refilter(kernel, mdev);
		else if (apm_matrix_has(&mdev->guest, apid, apqi))
			apm_mask_clear(&mdev->guest.dim[APM_DIM_ADAPTER], apid);
	}
}

static const char *driver_for(struct kernel *kernel, unsigned int apid,
			      unsigned int apqi)
{
	const char *override = kernel->override[apid * APM_MATRIX_IDS + apqi];

	if (override && *override)
		return override;
	return apm_mask_test(&kernel->apmask, apid) &&
	       apm_mask_test(&kernel->aqmask, apqi) ? "cex4queue" : "vfio_ap";
}

/* The bus does not probe a queue without a driver again that is not the host's. */
static void rebind_all(struct kernel *kernel)
{
	unsigned int apid, apqi;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			const char *now = kernel->driver[apid * APM_MATRIX_IDS + apqi];
			const char *right = driver_for(kernel, apid, apqi);

			if (now && strcmp(now, right) && (*now || strcmp(right, "vfio_ap")))
				queue_moved(kernel, apid, apqi, right);
		}
	}
}

static int write_perm(struct kernel *kernel, bool adapters, const char *value,
		      size_t len)
{
	struct apm_mask *own = adapters ? &kernel->apmask : &kernel->aqmask;
	struct apm_mask *other = adapters ? &kernel->aqmask : &kernel->apmask;
	struct apm_mask next = *own, added, all;
	size_t i;
	int ret;

	while (len && value[len - 1] == '\n')
		len--;
	for (i = 0; i < APM_MATRIX_APQNS; i++) {
		if (kernel->override[i] && *kernel->override[i])
			return -EINVAL;
	}
	if (len && (*value == '+' || *value == '-'))
		ret = apm_parse_list(value, len, &next);
	else
		ret = apm_parse_mask(value, len, &next);
	if (ret)
		return -EINVAL;
	apm_mask_andnot(&added, &next, own);
	memset(&all, 0xff, sizeof(all));
	if (kernel->variant == V7_2)
		other = &all;
	for (i = 0; i < kernel->nr_mdevs; i++) {
		if (kernel->variant != V5_10 &&
		    apm_matrix_shares_masks(&kernel->mdevs[i].assigned,
					   adapters ? &added : other,
					   adapters ? other : &added, NULL))
			return -EBUSY;
	}
	*own = next;
	rebind_all(kernel);
	return 0;
}

static int write_override(struct kernel *kernel, const char *apqn,
			  const char *value, size_t len)
{
	unsigned int apid, apqi, nr;

	if (apm_parse_apqn(apqn, APM_APQN_TEXT_LEN, &apid, &apqi))
		return -ENOENT;
	if (apm_mask_weight(&kernel->apmask) != 256 ||
	    apm_mask_weight(&kernel->aqmask) != 256)
		return -EINVAL;
	nr = apid * APM_MATRIX_IDS + apqi;
	while (len && value[len - 1] == '\n')
		len--;
	free(kernel->override[nr]);
	kernel->override[nr] = xstrndup(value, len);
	spill_line(path_of(kernel, "/sys/devices/ap/card%02x/%s/driver_override",
			   apid, apqn), kernel->override[nr]);
	return 0;
}

/* .../drivers/NAME/bind and unbind */
static int write_binding(struct kernel *kernel, const char *driver, bool bind,
			 const char *value, size_t len)
{
	unsigned int apid, apqi, nr;
	char *now;

	if (len && value[len - 1] == '\n')
		len--;
	if (apm_parse_apqn(value, len, &apid, &apqi))
		return -ENODEV;
	nr = apid * APM_MATRIX_IDS + apqi;
	now = kernel->driver[nr];
	if (!now || (bind ? *now : strcmp(now, driver)))
		return -ENODEV;
	/* drivers_probe leaves it to the bus */
	if (bind && !*driver)
		driver = driver_for(kernel, apid, apqi);
	if (bind && strcmp(driver_for(kernel, apid, apqi), driver))
		return -ENODEV;
	queue_moved(kernel, apid, apqi, bind ? driver : "");
	return 0;
}

static int dispatch_mdev(struct kernel *kernel, const char *rest,
			 const char *value, size_t len)
{
	static const char *const dims[APM_DIM_NR] = {
		"assign_adapter", "assign_domain", "assign_control_domain",
	};
	struct mdev *mdev = find_mdev(kernel, rest);
	unsigned int dim;

	if (!mdev || strlen(rest) < 38)
		return -ENOENT;
	rest += 37;
	if (!strcmp(rest, "remove"))
		return write_remove(kernel, mdev);
	if (!strcmp(rest, "ap_config"))
		return write_config(kernel, mdev, value, len);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!strcmp(rest, dims[dim]))
			return write_id(kernel, mdev, dim, true, value, len);
		if (!strncmp(rest, "un", 2) && !strcmp(rest + 2, dims[dim]))
			return write_id(kernel, mdev, dim, false, value, len);
	}
	return -EACCES;
}

static const char *after(const char *path, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(path, prefix, len) ? NULL : path + len;
}

static int dispatch(struct kernel *kernel, const char *path, const char *value,
		    size_t len)
{
	const char *rest;
	char driver[64];

	rest = after(path, "/sys/devices/vfio_ap/matrix/");
	if (rest && !strcmp(rest, "mdev_supported_types/vfio_ap-passthrough/create"))
		return write_create(kernel, value, len);
	if (rest)
		return dispatch_mdev(kernel, rest, value, len);
	rest = after(path, "/sys/bus/ap/");
	if (rest && (!strcmp(rest, "apmask") || !strcmp(rest, "aqmask")))
		return write_perm(kernel, rest[1] == 'p', value, len);
	if (rest && sscanf(rest, "drivers/%63[^/]", driver) == 1)
		return write_binding(kernel, driver,
				     !strcmp(strrchr(rest, '/'), "/bind"), value, len);
	if (rest && !strcmp(rest, "drivers_probe"))
		return write_binding(kernel, "", true, value, len);
	rest = after(path, "/sys/devices/ap/card");
	if (rest && strstr(rest, "/driver_override"))
		return write_override(kernel, strndupa(rest + 3, APM_APQN_TEXT_LEN),
				      value, len);
	return -EACCES;
}

/* failures on demand */

/* The failure that this write shall have, or NULL. */
static const char *planned_failure(const char *path)
{
	static unsigned long seen;	/* writes that matched, in this process */
	const char *plan = getenv("MODEL_FAIL");
	static char what[32];
	char part[128], rest = ':';
	unsigned long nth;

	if (!plan || (sscanf(plan, "%127[^:]:%lu:%31s", part, &nth, what) != 3 &&
		      sscanf(plan, "%127[^:]:%lu%c:%31s", part, &nth, &rest, what) != 4) ||
	    !strstr(path, part) || ++seen < nth || (seen > nth && rest != '+'))
		return NULL;
	return what;
}

static int errno_value(const char *name)
{
	int err;

	for (err = 1; err < 134; err++) {
		const char *known = strerrorname_np(err);

		if (known && !strcmp(known, name))
			return err;
	}
	return EIO;
}

/*
 * MODEL_KILL=N: SIGKILL instead of the Nth thing that changes the machine or the
 * disk. The functions below are linked in place of those of the C library.
 */
static bool in_kernel;		/* it changes files as one thing */

static void count_change(void)
{
	static long seen;
	const char *plan = getenv("MODEL_KILL");

	if (plan && !in_kernel && ++seen == strtol(plan, NULL, 10))
		raise(SIGKILL);
}

static bool is_there(const char *path)
{
	struct stat info;

	return !lstat(path, &info);
}

/* changes: whether it may have an effect at all */
#define WRAP(name, args, call, changes) \
	int __real_##name args; \
	int __wrap_##name args; \
	int __wrap_##name args \
	{ \
		if (changes) \
			count_change(); \
		return __real_##name call; \
	}

WRAP(rename, (const char *from, const char *to), (from, to), true)
WRAP(renameat2, (int from_fd, const char *from, int to_fd, const char *to, unsigned int flags),
     (from_fd, from, to_fd, to, flags), true)
WRAP(link, (const char *from, const char *to), (from, to), !is_there(to))
WRAP(unlink, (const char *path), (path), is_there(path))
WRAP(rmdir, (const char *path), (path), is_there(path))
WRAP(mkdir, (const char *path, mode_t mode), (path, mode), !is_there(path))
WRAP(fsync, (int fd), (fd), true)

static int model_write(struct sysfs *fs, const char *full, const char *value,
		       size_t len)
{
	const char *path = full + strlen(fs->root);
	const char *failure = planned_failure(path);
	struct kernel *kernel;
	int ret;

	if (failure && *failure == 'E')
		return -errno_value(failure);
	if (failure && !strcmp(failure, "lie"))
		return 0;
	count_change();
	in_kernel = true;
	kernel = kernel_load(fs->root);
	ret = dispatch(kernel, path, value, len);
	if (!ret) {
		settle(kernel);
		kernel_store(kernel);
	}
	kernel_free(kernel);
	in_kernel = false;
	if (failure && !strcmp(failure, "interrupt"))
		raise(SIGINT);
	if (failure && !strcmp(failure, "late"))
		return -EIO;
	if (getenv("MODEL_TRACE"))
		fprintf(stderr, "write %s %.*s\n", path, (int)strcspn(value, "\n"), value);
	return ret;
}

/* what is not writing is the real back end's */

static int model_list(struct sysfs *fs, const char *path, enum entry_kind kind,
		      struct names *names)
{
	return sysfs_real_ops.list(fs, path, kind, names);
}

static int model_read(struct sysfs *fs, const char *path, struct text *value)
{
	return sysfs_real_ops.read(fs, path, value);
}

static int model_link(struct sysfs *fs, const char *path, char *name, size_t size)
{
	return sysfs_real_ops.link(fs, path, name, size);
}

static int model_kind(struct sysfs *fs, const char *path)
{
	return sysfs_real_ops.kind(fs, path);
}

const struct sysfs_ops model_kernel_ops = {
	.list = model_list,
	.read = model_read,
	.link = model_link,
	.kind = model_kind,
	.write = model_write,
};

/* events from outside */

static int guest_event(struct kernel *kernel, const char *uuid, bool start)
{
	struct mdev *mdev = find_mdev(kernel, uuid);
	char *path = path_of(kernel, "/.model");

	if (!mdev)
		return free(path), -ENOENT;
	mkdir(path, 0755);
	free(path);
	path = path_of(kernel, "/.model/%s", mdev->uuid);
	if (start)
		spill(xstrdup(path), "", 0);
	else
		unlink(path);
	free(path);
	mdev->in_use = start;
	return 0;
}

static int adapter_event(struct kernel *kernel, unsigned int apid, bool add)
{
	size_t i;

	if (add)
		apm_mask_set(&kernel->host.dim[APM_DIM_ADAPTER], apid);
	else
		apm_mask_clear(&kernel->host.dim[APM_DIM_ADAPTER], apid);
	for (i = 0; i < kernel->nr_mdevs; i++) {
		if (add)
			refilter(kernel, &kernel->mdevs[i]);
		else
			apm_mask_clear(&kernel->mdevs[i].guest.dim[APM_DIM_ADAPTER], apid);
	}
	return 0;
}

int model_kernel_event(const char *root, char **words)
{
	struct kernel *kernel = kernel_load(root);
	const char *operand = words[0] && words[1] ? words[1] : "";
	unsigned int apid = 0, apqi = 0;
	int ret = -EINVAL;

	apm_parse_apqn(operand, strlen(operand), &apid, &apqi);
	if (!strcmp(words[0], "guest-start") || !strcmp(words[0], "guest-stop")) {
		ret = guest_event(kernel, operand, !strcmp(words[0], "guest-start"));
	} else if (!strcmp(words[0], "bind") && words[2]) {
		queue_moved(kernel, apid, apqi, words[2]);
		ret = 0;
	} else if (!strcmp(words[0], "unbind")) {
		queue_moved(kernel, apid, apqi, "");
		ret = 0;
	} else if (!strcmp(words[0], "adapter-del") || !strcmp(words[0], "adapter-add")) {
		ret = adapter_event(kernel, (unsigned int)strtoul(operand, NULL, 0),
				    !strcmp(words[0], "adapter-add"));
	}
	if (!ret) {
		settle(kernel);
		kernel_store(kernel);
	}
	kernel_free(kernel);
	return ret;
}
