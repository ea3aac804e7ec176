/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef STALL_H
#define STALL_H

#include "call.h"

int stall_begin(struct call *call, const uint8_t *bytes, size_t len, uint8_t *page);

#endif /* STALL_H */
