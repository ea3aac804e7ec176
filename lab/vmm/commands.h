/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The program apvmm: a command interpreter over the library, and ways to reach
 * it from a shell. Each command is a declaration plus a short body; its answer
 * is one line, "ok ..." or "fail ERRNO ...", after lines of detail if any.
 */
#ifndef APVMM_H
#define APVMM_H

#include <pthread.h>
#include <stdio.h>

#include "lab_vmm.h"

#define MAX_WORDS	32
#define MAX_VMS		8
#define MAX_DEVS	32
#define MAX_EVTS	32
#define RAW_MAX		4096			/* bytes of an ioctl's argument: a page */

struct vm_slot {
	char name[24];
	struct lab_vm *vm;
	struct lab_script *pending;		/* of step, for run */
	struct lab_script *spin[LAB_VMM_MAX_VCPUS];
};

/* A device fd: the first one of an attachment, or one more of the same. */
struct dev_slot {
	bool used;
	struct lab_device *dev;			/* NULL for one more fd */
	int fd;
};

struct evt_slot {
	char name[24];
	int fd;
};

/* Bytes that will be in a page once it is given. */
struct stall {
	int uffd;				/* -1: there is none */
	pthread_cond_t begun;			/* there is one now */
	uint8_t *page;
	uint8_t bytes[RAW_MAX];
};

struct session {
	pthread_mutex_t lock;			/* the tables below */
	struct vm_slot vms[MAX_VMS];
	struct vm_slot *current;
	struct dev_slot devs[MAX_DEVS];
	struct evt_slot evts[MAX_EVTS];
	struct stall stall;
	unsigned int busy;			/* commands under way */
	bool quit;
};

/* One command line being carried out. */
struct call {
	struct session *session;
	int nr;					/* positional words, command first */
	const char *word[MAX_WORDS];
	int nr_opts;
	const char *opt[MAX_WORDS];		/* key=value and flags */
	FILE *detail;				/* whole lines before the answer */
	FILE *answer;				/* what follows "ok" or "fail" */
};

struct command {
	const char *name;
	const char *args;
	const char *summary;
	int min, max;				/* positional words after the name */
	const char *const *opts;		/* "key=" or "flag", NULL at the end */
	bool blocking;				/* runs without the session's lock */
	int (*run)(struct call *call);
};

/* dispatch.c */
bool session_command(struct session *session, const char *line, FILE *out);
void session_init(struct session *session);
void session_close(struct session *session);
int call_parse(struct call *call, char *line);
int call_check(const struct call *call, const char *const *opts);
const char *call_value(const struct call *call, const char *key);
bool call_flag(const struct call *call, const char *flag);
int call_number(const struct call *call, const char *key, uint64_t *value);
int parse_number(const char *text, uint64_t *value);
int refuse(struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* stall.c */
int stall_begin(struct call *call, const uint8_t *bytes, size_t len, uint8_t *page);

/* cmd_vm.c, cmd_vfio.c, cmd_script.c, stall.c */
extern const struct command vm_commands[], vfio_commands[], script_commands[], stall_commands[];
struct vm_slot *call_vm(struct call *call);
int session_free_devices(struct session *session);

/* serve.c */
int serve(const char *dir, bool background);
int send_command(const char *dir, const char *command);
int wait_for_server(const char *dir);

#endif /* APVMM_H */
