// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text room: the long texts of an mdev, read a page at a time.
 *
 * A reader that starts at the beginning gets a text made at that moment, and
 * the rest of the same text until its end, whatever happens meanwhile. Texts
 * are kept for a few readers per mdev; one that was forgotten gets a new one.
 * A reader is one opening of a file: the file itself may be another one soon.
 */
#include <linux/kernfs.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include "model/model.h"

/* The longest lines: 05.0004, a blank, a word, a newline. */
#define REASON_LINE	40
#define GISC_LINE	(APM_APQN_TEXT_LEN + 3)

/* making texts; vap.lock held */

/* An upper bound of the text's length. */
static size_t text_bound(const struct vap_mdev *mdev, enum vap_text_kind kind)
{
	const size_t half = 8 * APM_MATRIX_IDS;	/* one dimension only */

	lockdep_assert_held(&vap.lock);
	switch (kind) {
	case VAP_TEXT_MATRIX:
		return half + 8 * apm_matrix_apqns(&mdev->assigned);
	case VAP_TEXT_GUEST_MATRIX:
		return half + 8 * apm_matrix_apqns(&mdev->guest);
	case VAP_TEXT_REASONS:
		return REASON_LINE * apm_matrix_apqns(&mdev->assigned);
	case VAP_TEXT_GUEST_INTERRUPTS:
		return GISC_LINE * apm_matrix_apqns(&mdev->guest);
	}
	return 0;
}

/* The guest's own filter, but with a closer look at queues that are not ours. */
struct closer_look {
	const struct apm_filter *filter;
	const struct vap_bus_view *view;
};

static enum apm_reason look_closer(void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct closer_look *look = ctx;
	enum apm_reason reason;

	reason = look->filter->state(look->filter->ctx, apid, apqi);
	if (reason == APM_REASON_NO_QUEUE_DEVICE)
		reason = vap_bus_view_reason(look->view, AP_MKQID(apid, apqi));
	return reason;
}

static size_t make_reasons(struct vap_mdev *mdev, const struct vap_bus_view *view,
			   char *buf, size_t size)
{
	struct apm_filter filter, closer;
	struct closer_look look = { .filter = &filter, .view = view };

	lockdep_assert_held(&vap.lock);
	vap_guest_filter(mdev, &filter);
	closer = filter;
	closer.state = look_closer;
	closer.ctx = &look;
	return apm_filter_read_reasons(&closer, &mdev->guest, buf, size, 0);
}

static const char *gisc_word(void *ctx, unsigned int apid, unsigned int apqi)
{
	static const char *const words[] = { "0", "1", "2", "3", "4", "5", "6", "7" };
	struct vap_queue *queue = vap_queue_find(AP_MKQID(apid, apqi));
	int gisc = queue ? vap_irq_gisc(queue) : -1;

	return gisc < 0 ? NULL : words[gisc];
}

static size_t make_text(struct vap_mdev *mdev, enum vap_text_kind kind,
			const struct vap_bus_view *view, char *buf, size_t size)
{
	lockdep_assert_held(&vap.lock);
	switch (kind) {
	case VAP_TEXT_MATRIX:
		return apm_matrix_read_apqns(&mdev->assigned, buf, size, 0);
	case VAP_TEXT_GUEST_MATRIX:
		return apm_matrix_read_apqns(&mdev->guest, buf, size, 0);
	case VAP_TEXT_REASONS:
		return make_reasons(mdev, view, buf, size);
	case VAP_TEXT_GUEST_INTERRUPTS:
		return apm_matrix_read_words(&mdev->guest, gisc_word, NULL, buf,
					     size, 0);
	}
	return 0;
}

/* keeping texts; text_mutex held */

/* text_mutex held, or nobody reads any more. */
static void forget(struct vap_text *text)
{
	kvfree(text->buf);
	memset(text, 0, sizeof(*text));
}

static size_t bound_now(struct vap_mdev *mdev, enum vap_text_kind kind)
{
	size_t bound;

	mutex_lock(&vap.lock);
	bound = text_bound(mdev, kind);
	mutex_unlock(&vap.lock);
	return bound;
}

/* False if the text may have grown beyond the buffer meanwhile. */
static bool fill(struct vap_mdev *mdev, struct vap_text *text, size_t size,
		 const struct vap_bus_view *view)
{
	bool fits;

	mutex_lock(&vap.lock);
	fits = text_bound(mdev, text->kind) <= size;
	if (fits)
		text->len = make_text(mdev, text->kind, view, text->buf, size);
	mutex_unlock(&vap.lock);
	return fits;
}

static int renew(struct vap_mdev *mdev, struct vap_text *text)
{
	struct vap_bus_view *view = NULL;
	bool done = false;
	size_t size;

	lockdep_assert_held(&mdev->text_mutex);
	if (text->kind == VAP_TEXT_REASONS) {
		view = vap_bus_view_create();
		if (!view)
			return -ENOMEM;
	}
	while (!done) {
		size = bound_now(mdev, text->kind);
		kvfree(text->buf);
		text->len = 0;
		text->buf = kvmalloc(size + 1, GFP_KERNEL_ACCOUNT);
		if (!text->buf)
			break;
		done = fill(mdev, text, size, view);
	}
	vap_bus_view_destroy(view);
	return done ? 0 : -ENOMEM;
}

/* What kernfs keeps for each opening has a place for users, which is empty at first. */
static unsigned long reader_of(struct vap_mdev *mdev, struct file *file)
{
	const struct seq_file *seq = file->private_data;
	struct kernfs_open_file *open = seq->private;

	lockdep_assert_held(&mdev->text_mutex);
	if (!open->priv)
		open->priv = (void *)++mdev->last_reader;
	return (unsigned long)open->priv;
}

static struct vap_text *text_of(struct vap_mdev *mdev, enum vap_text_kind kind,
				unsigned long reader)
{
	unsigned int i;

	lockdep_assert_held(&mdev->text_mutex);
	for (i = 0; i < ARRAY_SIZE(mdev->texts); i++) {
		if (mdev->texts[i].reader == reader && mdev->texts[i].kind == kind)
			return &mdev->texts[i];
	}
	return NULL;
}

/* A place of its own for a new reader; the oldest has to make room. */
static struct vap_text *place_for(struct vap_mdev *mdev, enum vap_text_kind kind,
				  unsigned long reader)
{
	struct vap_text *text;

	lockdep_assert_held(&mdev->text_mutex);
	text = &mdev->texts[mdev->next_text++ % ARRAY_SIZE(mdev->texts)];
	forget(text);
	text->reader = reader;
	text->kind = kind;
	return text;
}

ssize_t vap_text_read(struct vap_mdev *mdev, enum vap_text_kind kind,
		      struct file *file, char *buf, size_t size, loff_t offset)
{
	struct vap_text *text;
	unsigned long reader;
	ssize_t ret = 0;

	mutex_lock(&mdev->text_mutex);
	reader = reader_of(mdev, file);
	text = text_of(mdev, kind, reader);
	if (!text || !offset) {
		if (!text)
			text = place_for(mdev, kind, reader);
		ret = renew(mdev, text);
	}
	if (!ret && offset < text->len) {
		ret = min_t(size_t, size, text->len - offset);
		memcpy(buf, text->buf + offset, ret);
	}
	if (ret <= 0)
		forget(text);		/* the end, or no memory */
	mutex_unlock(&mdev->text_mutex);
	return ret;
}

void vap_text_init(struct vap_mdev *mdev)
{
	mutex_init(&mdev->text_mutex);
}

void vap_text_forget_all(struct vap_mdev *mdev)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mdev->texts); i++)
		forget(&mdev->texts[i]);
}
