/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SERVE_H
#define SERVE_H

#include <stdbool.h>

int serve(const char *dir, bool background);
int send_command(const char *dir, const char *command);
int wait_for_server(const char *dir);

#endif /* SERVE_H */
