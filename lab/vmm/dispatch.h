/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DISPATCH_H
#define DISPATCH_H

#include <stdio.h>

#include "session.h"

bool session_command(struct session *session, const char *line, FILE *out);

#endif /* DISPATCH_H */
