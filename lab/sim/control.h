/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The language of the control file. Caller holds sim_control_mutex.
 */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

int sim_control_run(char *text);

#endif /* SIM_CONTROL_H */
