// SPDX-License-Identifier: GPL-2.0-only
/*
 * RSA as a card computes it, with the kernel's multi-precision library. All
 * numbers are big-endian byte strings. The functions may sleep.
 */
#include <linux/mpi.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "rsa.h"

/* Writes @value right-justified into @len bytes. 0 or -errno */
static int to_bytes(MPI value, u8 *result, size_t len)
{
	unsigned int size;
	u8 *bytes;
	int sign;

	bytes = mpi_get_buffer(value, &size, &sign);
	if (!bytes)
		return -ENOMEM;
	memset(result, 0, len);
	if (size <= len)
		memcpy(result + len - size, bytes, size);
	kfree(bytes);
	return size <= len ? 0 : -ERANGE;
}

/*
 * result = base ^ exponent mod modulus, all but the exponent of @len bytes. -EINVAL:
 * even or zero modulus, or the base is not less than it; -ENOMEM.
 */
int sim_rsa_modexpo(const u8 *base, const u8 *exponent, size_t exponent_len,
		    const u8 *modulus, size_t len, u8 *result)
{
	MPI b = mpi_read_raw_data(base, len);
	MPI e = mpi_read_raw_data(exponent, exponent_len);
	MPI m = mpi_read_raw_data(modulus, len);
	MPI r = mpi_alloc(0);
	int ret = -ENOMEM;

	if (!b || !e || !m || !r)
		goto out;
	ret = -EINVAL;
	if (!(modulus[len - 1] & 1) || mpi_cmp(b, m) >= 0)
		goto out;
	ret = mpi_powm(r, b, e, m);
	if (!ret)
		ret = to_bytes(r, result, len);
out:
	mpi_free(r);
	mpi_free(m);
	mpi_free(e);
	mpi_free(b);
	return ret;
}

/*
 * A number beyond all products of two of these lengths. Until 5.16 or so the
 * library multiplied for others by a modulus only.
 */
static MPI beyond(size_t len, size_t other_len)
{
	u8 *bytes = kzalloc(1 + len + other_len, GFP_KERNEL);
	MPI number = NULL;

	if (bytes) {
		bytes[0] = 1;
		number = mpi_read_raw_data(bytes, 1 + len + other_len);
	}
	kfree(bytes);
	return number;
}

/*
 * The same with a key in Chinese remainder form: with m1 = base^dp mod p and
 * m2 = base^dq mod q the result is m2 + q * (u * (m1 - m2) mod p). As sum of
 * exact products it needs no reduction by the modulus. Errors as above.
 */
int sim_rsa_crt(const u8 *base, size_t len, const struct sim_rsa_crt *key,
		u8 *result)
{
	MPI b = mpi_read_raw_data(base, len);
	MPI p = mpi_read_raw_data(key->p, key->p_len);
	MPI q = mpi_read_raw_data(key->q, key->q_len);
	MPI dp = mpi_read_raw_data(key->dp, key->dp_len);
	MPI dq = mpi_read_raw_data(key->dq, key->dq_len);
	MPI u = mpi_read_raw_data(key->u, key->u_len);
	MPI m1 = mpi_alloc(0), m2 = mpi_alloc(0), h = mpi_alloc(0);
	MPI bound = beyond(key->p_len, key->q_len);
	int ret = -ENOMEM;

	if (!b || !p || !q || !dp || !dq || !u || !m1 || !m2 || !h || !bound)
		goto out;
	ret = -EINVAL;
	if (mpi_cmp_ui(p, 1) <= 0 || mpi_cmp_ui(q, 1) <= 0)
		goto out;
	ret = mpi_powm(m1, b, dp, p);
	if (!ret)
		ret = mpi_powm(m2, b, dq, q);
	if (ret)
		goto out;
	mpi_subm(h, m1, m2, p);
	mpi_mulm(h, h, u, p);
	mpi_mulm(h, h, q, bound);
	mpi_add(h, h, m2);
	ret = to_bytes(h, result, len);
out:
	mpi_free(bound);
	mpi_free(h);
	mpi_free(m2);
	mpi_free(m1);
	mpi_free(u);
	mpi_free(dq);
	mpi_free(dp);
	mpi_free(q);
	mpi_free(p);
	mpi_free(b);
	return ret;
}
