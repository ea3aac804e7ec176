/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_RSA_H
#define SIM_RSA_H

#include <linux/types.h>

struct sim_rsa_crt {
	const u8 *p, *q, *dp, *dq, *u;	/* u = 1/q mod p */
	size_t p_len, q_len, dp_len, dq_len, u_len;
};

int sim_rsa_modexpo(const u8 *base, const u8 *exponent, size_t exponent_len,
		    const u8 *modulus, size_t len, u8 *result);
int sim_rsa_crt(const u8 *base, size_t len, const struct sim_rsa_crt *key,
		u8 *result);

#endif /* SIM_RSA_H */
