/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_DEBUGFS_H
#define SIM_DEBUGFS_H

int sim_debugfs_init(void);
void sim_debugfs_exit(void);

#endif /* SIM_DEBUGFS_H */
