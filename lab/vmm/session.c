// SPDX-License-Identifier: GPL-2.0-only
/*
 * A session: the VMs, devices and eventfds of a client, and their end.
 */
#include <string.h>
#include <unistd.h>

#include "session.h"

int slot_spin(struct vm_slot *slot, unsigned int cpu, struct lab_script *script)
{
	int ret = __lab_vmm_start(slot->vm, cpu, script);

	if (ret)
		lab_script_free(script);
	else
		slot->spin[cpu] = script;
	return ret;
}

void session_init(struct session *session)
{
	pthread_mutex_init(&session->lock, NULL);
	session->stall.uffd = -1;
	pthread_cond_init(&session->stall.begun, NULL);
	for (int i = 0; i < MAX_EVTS; i++)
		session->evts[i].fd = -1;
}

static void free_devices(struct session *session)
{
	for (int i = 0; i < MAX_DEVS; i++) {
		struct dev_slot *slot = &session->devs[i];

		if (slot->used && slot->dev)
			lab_vmm_detach(slot->dev);
		else if (slot->used && slot->fd >= 0)
			close(slot->fd);
		slot->used = false;
	}
}

/* Closes devices first, then the VMs, as a VMM does. */
void session_close(struct session *session)
{
	free_devices(session);
	for (int i = 0; i < MAX_VMS; i++) {
		struct vm_slot *slot = &session->vms[i];

		lab_vmm_destroy(slot->vm);
		for (int cpu = 0; cpu < LAB_VMM_MAX_VCPUS; cpu++)
			lab_script_free(slot->spin[cpu]);
		lab_script_free(slot->pending);
		memset(slot, 0, sizeof(*slot));
	}
	for (int i = 0; i < MAX_EVTS; i++)
		if (session->evts[i].fd >= 0)
			close(session->evts[i].fd);
}
