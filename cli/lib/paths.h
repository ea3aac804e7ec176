/* SPDX-License-Identifier: GPL-2.0-only */
/* Files below /etc and /run: those of the tool, and those that it shares. */
#ifndef APM_PATHS_H
#define APM_PATHS_H

/* mdevctl's, one file for each matrix */
#define DEFINITIONS_DIR		"/etc/mdevctl.d/matrix"
/* the tool's own, beside the definitions; those in /run last until the next boot */
#define NAMES_DIR		"/etc/apmatrix/matrices.d"
#define NAMES_RUN_DIR		"/run/apmatrix/matrices.d"
/* the tool's own: what the host should be */
#define PLAN_FILE		"/etc/apmatrix/plan.json"
/* the tool's own: master key patterns of queues that were the host's */
#define MASTER_KEYS_FILE	"/etc/apmatrix/master-keys"
/* what the administrator prefers: see host/config.h */
#define CONFIG_FILE		"/etc/apmatrix.conf"
/* of dkms, while the module of this package is added to it */
#define DKMS_DIR		"/var/lib/dkms/vfio-ap-dyn"
/*
 * What a change writes before it is in its place, and its journal: on the file
 * system of /etc, and of /run. Empty, or not there, unless a change is under way.
 */
#define CHANGE_DIR		"/etc/apmatrix/change"
#define CHANGE_RUN_DIR		"/run/apmatrix/change"
/*
 * What the last change did, for undo; a change that waits for its confirmation; one
 * that was undone because none came. They end with the boot, as what is active does.
 */
#define RUN_DIR			"/run/apmatrix"
#define LAST_CHANGE_FILE	RUN_DIR "/last-change.json"
#define UNCONFIRMED_FILE	RUN_DIR "/unconfirmed.json"
#define EXPIRED_FILE		RUN_DIR "/expired.json"
/*
 * Shared with chzdev and with the mdevctl callout of s390-tools, which take the
 * same lock. With another path, changes by them and by this tool would no longer
 * exclude each other.
 */
#define LOCK_FILE		"/run/lock/s390apconfig.lock"
/* What starts matrices at boot, and the link by which systemd knows that it shall. */
#define UNIT_NAME		"apmatrix-restore.service"
#define UNIT_FILE		"/usr/lib/systemd/system/" UNIT_NAME
#define UNIT_WANTED		"/etc/systemd/system/multi-user.target.wants/" UNIT_NAME
/* Shared with chzdev, which reads and writes it, too: see format/pool-rule.h. */
#define UDEV_RULE_FILE		"/etc/udev/rules.d/41-ap.rules"

/* systemd's, for records of changes */
#define JOURNALD_SOCKET		"/run/systemd/journal/socket"

#endif
