// SPDX-License-Identifier: GPL-2.0-only
/*
 * The AP bus in sysfs. See bus.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bus.h"
#include "hw.h"
#include "io.h"
#include "text.h"

static int read_mask(const char *name, struct apm_mask *mask)
{
	char text[200];
	int len = io_attr(text, sizeof(text), BUS "/%s", name);

	if (len < 0)
		return len;
	return apm_parse_mask(text, strcspn(text, "\n"), mask);
}

int bus_host(struct apm_matrix *host)
{
	int ret = read_mask("ap_adapter_mask", &host->dim[APM_DIM_ADAPTER]);

	if (!ret)
		ret = read_mask("ap_usage_domain_mask", &host->dim[APM_DIM_DOMAIN]);
	if (!ret)
		ret = read_mask("ap_control_domain_mask", &host->dim[APM_DIM_CONTROL_DOMAIN]);
	return ret;
}

const char *bus_mask_name(enum apm_dim dim)
{
	return dim == APM_DIM_ADAPTER ? "apmask" : "aqmask";
}

int bus_read_mask(enum apm_dim dim, struct apm_mask *mask)
{
	return read_mask(bus_mask_name(dim), mask);
}

const char *bus_driver_name(enum model_driver driver)
{
	return driver == MODEL_VFIO_AP ? "vfio_ap" : "cex4queue";
}

struct listing {
	enum model_driver (*drivers)[MODEL_IDS];
	enum model_driver driver;
};

static void note_queue(void *ctx, const char *name)
{
	struct listing *listing = ctx;
	unsigned int apid, apqi;

	if (text_parse_apqn(name, strlen(name), &apid, &apqi) ||
	    apid >= MODEL_IDS || apqi >= MODEL_IDS)
		return;
	listing->drivers[apid][apqi] = listing->driver;
}

int bus_drivers(enum model_driver drivers[MODEL_IDS][MODEL_IDS])
{
	struct listing listing = { drivers, MODEL_UNBOUND };
	int ret;

	memset(drivers, 0, MODEL_IDS * sizeof(drivers[0]));
	ret = io_list(BUS "/devices", note_queue, &listing);
	listing.driver = MODEL_HOST;
	if (!ret)
		ret = io_list(BUS "/drivers/cex4queue", note_queue, &listing);
	listing.driver = MODEL_VFIO_AP;
	if (!ret)
		ret = io_list(BUS "/drivers/vfio_ap", note_queue, &listing);
	return ret;
}

/* Until 5.17 or so the bus had no file to ask it for one. */
static int scan_once(void)
{
	if (access(BUS "/scans", F_OK))
		return hw_control("configchange");
	return io_put("1", BUS "/scans");
}

int bus_scan(void)
{
	int ret = scan_once();

	return ret ? ret : scan_once();
}
