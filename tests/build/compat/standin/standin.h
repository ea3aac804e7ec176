/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef STANDIN_H
#define STANDIN_H

/* A function of a bus that has no callbacks, all of them, some, or all by dotted names. */
void standin_plain(void);
void standin_all(void);
void standin_some(void);
void standin_dotted(void);

typedef void standin_fn(void);
extern standin_fn *const standin_all_users[], *const standin_some_users[];
extern standin_fn *const standin_dotted_users[];

#endif
