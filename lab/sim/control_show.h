/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_CONTROL_SHOW_H
#define SIM_CONTROL_SHOW_H

struct seq_file;

int sim_control_show(struct seq_file *m);

#endif /* SIM_CONTROL_SHOW_H */
