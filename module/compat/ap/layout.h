/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the AP bus of this kernel lays out struct ap_driver, and whether it has the
 * three callbacks. Found at load, from live objects; see layout_find.c. What the
 * objects show is an evidence, and layout_decide.c makes a layout of it. That file is
 * pure: it is also compiled on the machine that runs the unit tests.
 */
#ifndef VAP_COMPAT_AP_LAYOUT_H
#define VAP_COMPAT_AP_LAYOUT_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#endif

/*
 * The words, of eight bytes, that are looked at behind the struct device_driver with
 * which a struct ap_driver begins, and that a driver of ours has. No known layout
 * has more than seven.
 */
#define VAP_AP_WORDS	12

/* What a word of the witness, the host's own driver for queues, is. */
enum vap_ap_word {
	VAP_AP_OTHER,		/* nothing that is known */
	VAP_AP_ZERO,
	VAP_AP_IDS,		/* points to a table of device ids for queues */
	VAP_AP_FLAGS,		/* the flags of a driver of the host, and padding */
	VAP_AP_CODE,		/* points into the driver's module, to no such table */
};

/* All that live objects of the bus show. */
struct vap_ap_evidence {
	enum vap_ap_word word[VAP_AP_WORDS];

	/*
	 * No struct ap_driver has more words than this, since two of them are not
	 * farther apart in memory; 0 if there are no two.
	 */
	unsigned int max_words;

	/*
	 * Functions of the bus that only exist to call a callback, of
	 * VAP_AP_CALLERS.
	 */
	unsigned int callers;

	/*
	 * Devices whose type is where it is if struct ap_device has nothing
	 * before it, or one pointer; and all devices.
	 */
	unsigned int type_first, type_second, devices;
};

#define VAP_AP_CALLS_IN_USE	1
#define VAP_AP_CALLS_CHANGED	2
#define VAP_AP_CALLS_COMPLETE	4
#define VAP_AP_CALLERS		7

/* Where the members of struct ap_driver are: numbers of words. */
struct vap_ap_layout {
	const char *name;
	unsigned int ids, flags, probe, remove;
	unsigned int in_use, on_config_changed, on_scan_complete;
	bool callbacks;		/* the bus calls the last three */
};

/**
 * vap_ap_decide() - the layout that the evidence belongs to
 * @evidence: what live objects show
 * @layout: filled in on success
 *
 * A layout is only recognised if all of the evidence fits it. The callbacks count as present
 * only if functions that call them were found. Members in their place are not enough: another
 * kernel may have other members there.
 *
 * Context: Any context; a pure function.
 * Return: NULL, or why the layout is not known, as a part of a sentence
 */
const char *vap_ap_decide(const struct vap_ap_evidence *evidence,
			  struct vap_ap_layout *layout);

#ifdef __KERNEL__
struct device;

/**
 * vap_ap_type_is_first() - has a device its type directly behind struct device?
 * @dev: a card or queue of the AP bus
 *
 * Context: Any context.
 * Return: true if what is there can be a type
 */
bool vap_ap_type_is_first(const struct device *dev);

/**
 * vap_ap_type_is_second() - has a device its type behind a pointer behind struct device?
 * @dev: a card or queue of the AP bus
 *
 * Context: Any context.
 * Return: true if what is there can be a type
 */
bool vap_ap_type_is_second(const struct device *dev);

/**
 * vap_ap_plausible_type() - can a number be the hardware type of a card?
 * @type: the number; types are below 64, see struct ap_tapq_hwinfo in asm/ap.h
 *
 * Context: Any context.
 * Return: true if so
 */
bool vap_ap_plausible_type(int type);
#endif

#endif
