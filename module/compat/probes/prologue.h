/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every compile probe may use. All probes are compiled as one file, each
 * under its own name, and a probe fails if the compiler reports an error in it.
 */
#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/eventfd.h>
#include <linux/kvm_host.h>
#include <linux/mdev.h>
#include <linux/module.h>
#include <linux/sysfs.h>
#include <linux/timer.h>
#include <linux/vfio.h>
#include <asm/ap.h>
