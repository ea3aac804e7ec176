// SPDX-License-Identifier: GPL-2.0-only
/* What the response codes of PQAP mean: the one place that judges them. */
#include "effects/effects.h"

/**
 * vap_response_class - classify the answer to ZAPQ, TAPQ or a disabling AQIC
 * @rc: response code, as ap/ap_bus.h lists them from the kernel's AP bus. 35 and 36 report
 *	that an association failed; a new ZAPQ is accepted after that.
 *
 * Context: Any context.
 * Return: its class; VAP_RESPONSE_REFUSED for a code that is not known
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

/**
 * vap_response_is_away - is a queue deconfigured, checkstopped or not available?
 * @rc: the last response code
 *
 * If so, no reset can complete, and unbind does not wait for one.
 *
 * Context: Any context.
 * Return: true if so
 */
bool vap_response_is_away(u8 rc)
{
	return vap_response_class(rc) == VAP_RESPONSE_ABSENT ||
	       vap_response_class(rc) == VAP_RESPONSE_STANDBY;
}

/**
 * vap_response_says_irq_off - does the answer to TAPQ prove that interrupts are disabled?
 * @status: the answer
 *
 * The bit for enabled interrupts is defined for response code 00 only. A queue that is not
 * operational or not available causes no interrupts.
 *
 * Context: Any context.
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
