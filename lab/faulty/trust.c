// SPDX-License-Identifier: GPL-2.0-only
/*
 * Gives the kernel a certificate to trust, as the firmware of a machine does with those that an
 * administrator has assigned to it. For tests of signed modules, on a kernel whose own key only its
 * distribution has.
 *
 *	insmod trust.ko keyring=ADDRESS		of builtin_trusted_keys, from /proc/kallsyms
 *	cat CERT.der >/sys/kernel/debug/trust
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/key.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define CERTIFICATE_MAX	4096

static unsigned long keyring;
module_param(keyring, ulong, 0400);
MODULE_PARM_DESC(keyring, "address of the pointer to the keyring");

static struct dentry *file;

#if IS_ENABLED(CONFIG_SYSTEM_TRUSTED_KEYRING)
static int trust(const void *certificate, size_t len)
{
	struct key *keys = *(struct key **)keyring;
	key_ref_t added;

	added = key_create_or_update(make_key_ref(keys, true), "asymmetric", NULL, certificate, len,
				     (KEY_POS_ALL & ~KEY_POS_SETATTR) | KEY_USR_VIEW | KEY_USR_READ,
				     KEY_ALLOC_NOT_IN_QUOTA | KEY_ALLOC_BUILT_IN |
				     KEY_ALLOC_BYPASS_RESTRICTION);
	if (IS_ERR(added))
		return PTR_ERR(added);
	key_ref_put(added);
	return 0;
}
#else
static int trust(const void *certificate, size_t len)
{
	return -EOPNOTSUPP;
}
#endif

static ssize_t trust_write(struct file *f, const char __user *from, size_t len, loff_t *pos)
{
	void *certificate;
	int ret;

	if (len > CERTIFICATE_MAX)
		return -E2BIG;
	certificate = memdup_user(from, len);
	if (IS_ERR(certificate))
		return PTR_ERR(certificate);
	ret = trust(certificate, len);
	kfree(certificate);
	return ret ? ret : (ssize_t)len;
}

static const struct file_operations trust_fops = {
	.owner = THIS_MODULE,
	.write = trust_write,
};

static int __init trust_init(void)
{
	if (!keyring)
		return -EINVAL;
	file = debugfs_create_file("trust", 0200, NULL, NULL, &trust_fops);
	return PTR_ERR_OR_ZERO(file);
}

static void __exit trust_exit(void)
{
	debugfs_remove(file);
}

module_init(trust_init);
module_exit(trust_exit);

MODULE_DESCRIPTION("Gives the kernel a certificate to trust");
MODULE_LICENSE("GPL");
