/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why an assigned APQN is not in the guest: the one list of the reasons.
 *
 * X(name, word, meaning, fix) for each reason, in the order in which the filter
 * checks them: the first that applies is reported. The words are interface
 * (the attribute "reasons" of an mdev), the meanings are for people. The fix is
 * the command that helps, in which MATRIX, ADAPTER, DOMAIN and APQN stand for
 * the values of the APQN.
 */
#ifndef APM_REASONS_H
#define APM_REASONS_H

#define APM_REASONS(X)							\
	X(REMOVING, "mdev-removing",					\
	  "the mdev is being removed",					\
	  "apmatrix wait MATRIX --gone")				\
	X(ADAPTER_NOT_IN_HOST, "adapter-not-in-host-config",		\
	  "the host's AP configuration lacks the adapter",		\
	  "apmatrix unassign MATRIX -a ADAPTER")			\
	X(DOMAIN_NOT_IN_HOST, "domain-not-in-host-config",		\
	  "the host's AP configuration lacks the usage domain",		\
	  "apmatrix unassign MATRIX -d DOMAIN")				\
	X(NO_QUEUE_DEVICE, "no-queue-device",				\
	  "the AP bus has no device for the queue",			\
	  "echo 1 >/sys/bus/ap/scans")					\
	X(TYPE_UNSUPPORTED, "type-unsupported",				\
	  "the adapter is older than CEX4",				\
	  "apmatrix unassign MATRIX -a ADAPTER")			\
	X(UNBOUND, "unbound",						\
	  "no driver is bound to the queue",				\
	  "apmatrix pool reserve --apqn APQN")				\
	X(OTHER_DRIVER, "bound-to-other-driver",			\
	  "a driver of the host is bound to the queue",			\
	  "apmatrix pool reserve --apqn APQN")				\
	X(RESET_PENDING, "reset-pending",				\
	  "the queue is being reset, or is about to be",		\
	  "apmatrix wait MATRIX --guest-has APQN")			\
	X(RESET_FAILED, "reset-failed",					\
	  "a reset of the queue failed; it is tried again",		\
	  "apmatrix wait MATRIX --guest-has APQN")			\
	X(SIBLING_WITHHELD, "sibling-withheld",				\
	  "another queue of the same adapter is withheld",		\
	  "apmatrix unassign MATRIX -d DOMAIN")

#endif
