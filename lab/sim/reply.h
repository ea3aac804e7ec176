/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_REPLY_H
#define SIM_REPLY_H

#include "msg.h"

enum sim_mode { SIM_MODE_CCA, SIM_MODE_EP11, SIM_MODE_ACCEL };

struct sim_msg *sim_reply(enum sim_mode mode, u8 type, u16 apqn,
			  const struct sim_msg *request);

#endif /* SIM_REPLY_H */
