/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_HOST_INSN_H
#define SIM_HOST_INSN_H

int sim_insn_init(void);
void sim_insn_exit(void);

#endif /* SIM_HOST_INSN_H */
