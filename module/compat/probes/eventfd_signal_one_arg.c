// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.8: eventfd_signal() lost its count. Delete with the last kernel before.
 */
static void eventfd_signal_one_arg(struct eventfd_ctx *ctx)
{
	eventfd_signal(ctx);
}
