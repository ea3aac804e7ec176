/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_SELFTEST_H
#define SIM_SELFTEST_H

struct seq_file;

int sim_selftest(struct seq_file *m);

#endif /* SIM_SELFTEST_H */
