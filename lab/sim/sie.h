/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_SIE_H
#define SIM_SIE_H

int sim_sie_init(void);

#endif /* SIM_SIE_H */
