// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.2: del_timer_sync() was renamed; the old name went away before 7.2.
 * Delete with the last kernel before 6.2.
 */
static int timer_delete_sync_(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}
