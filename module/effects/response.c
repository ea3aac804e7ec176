// SPDX-License-Identifier: GPL-2.0-only
/* What the response codes of PQAP mean: the one place that judges them. */
#include "effects/effects.h"

/**
 * vap_response_class - judge the answer to ZAPQ, TAPQ or a disabling AQIC
 * @rc: response code
 *
 * The codes are those of the z/Architecture, as the kernel's AP bus names them.
 * 35 and 36 report that an association
 * failed, which ends before a new ZAPQ.
 *
 * Return: its class
 */
enum vap_response vap_response_class(u8 rc)
{
	switch (rc) {
	case AP_RESPONSE_NORMAL:
		return VAP_RESPONSE_NORMAL;
	case AP_RESPONSE_RESET_IN_PROGRESS:
	case AP_RESPONSE_BUSY:
	case AP_RESPONSE_STATE_CHANGE_IN_PROGRESS:
	case AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE:
	case AP_RESPONSE_ASSOC_FAILED:
		return VAP_RESPONSE_WAIT;
	case AP_RESPONSE_DECONFIGURED:
	case AP_RESPONSE_CHECKSTOPPED:
		return VAP_RESPONSE_STANDBY;
	case AP_RESPONSE_Q_NOT_AVAIL:
		return VAP_RESPONSE_ABSENT;
	case AP_RESPONSE_INVALID_ADDRESS:
	case AP_RESPONSE_OTHERWISE_CHANGED:
	case AP_RESPONSE_INVALID_GISA:
	case AP_RESPONSE_Q_BOUND_TO_ANOTHER:
	case AP_RESPONSE_Q_NOT_BOUND:
	case AP_RESPONSE_Q_BIND_ERROR:
	case AP_RESPONSE_Q_NOT_AVAIL_FOR_ASSOC:
	case AP_RESPONSE_Q_NOT_EMPTY:
	case AP_RESPONSE_BIND_LIMIT_EXCEEDED:
	case AP_RESPONSE_INVALID_ASSOC_SECRET:
	case AP_RESPONSE_INVALID_DOMAIN:
	default:
		return VAP_RESPONSE_REFUSED;
	}
}

/* Is the queue out of reach, so that unbinding it cannot wait for a reset? */
bool vap_response_is_away(u8 rc)
{
	return vap_response_class(rc) == VAP_RESPONSE_ABSENT ||
	       vap_response_class(rc) == VAP_RESPONSE_STANDBY;
}

/**
 * vap_response_says_irq_off - does the answer to TAPQ prove that the queue
 * notifies nobody?
 * @status: the answer
 *
 * The bit that says whether interrupts are enabled counts with response code 00
 * only. A queue that is not operational, or not there, notifies nobody.
 *
 * Return: true if so
 */
bool vap_response_says_irq_off(struct ap_queue_status status)
{
	switch (vap_response_class(status.response_code)) {
	case VAP_RESPONSE_NORMAL:
		return !status.irq_enabled;
	case VAP_RESPONSE_STANDBY:
	case VAP_RESPONSE_ABSENT:
		return true;
	case VAP_RESPONSE_WAIT:
	case VAP_RESPONSE_REFUSED:
		break;
	}
	return false;
}
