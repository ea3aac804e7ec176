// SPDX-License-Identifier: GPL-2.0-only
/*
 * The long texts of an mdev, read a page at a time.
 *
 * A reader that starts at the beginning gets a text made at that moment, and
 * the rest of the same text until its end, whatever happens meanwhile. Texts
 * are kept for VAP_TEXTS readers per mdev; one that was evicted gets a new text.
 * A reader is one opening of a file: the file itself may be another one soon.
 *
 * Only the matrices are copied under vap.lock; the states of queues are read
 * without it, so that no reader delays anybody.
 */
#include <linux/kernfs.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include "events/events.h"

/* The longest lines: 05.0004, a blank, a word, a newline. */
#define REASON_LINE	40
#define GISC_LINE	(APM_APQN_TEXT_LEN + 3)

/* making texts */

/* What a text is made of. */
struct source {
	struct apm_matrix assigned;
	struct apm_matrix guest;
	struct apm_matrix host;
	struct apm_filter filter;
	const struct vap_bus_view *view;
};

static void take_source(struct vap_mdev *mdev, struct source *source)
{
	vap_lock();
	source->assigned = mdev->assigned;
	source->guest = mdev->guest;
	source->host = vap.host;
	vap_mdev_filter(mdev, &source->filter);
	vap_unlock();
	source->filter.assigned = &source->assigned;
	source->filter.host = &source->host;
	source->filter.current_guest = NULL;
	source->filter.adapter_state = NULL;
}

/* An upper bound of the text's length. */
static size_t text_bound(const struct source *source, enum vap_text_kind kind)
{
	const size_t half = 8 * APM_MATRIX_IDS;	/* one dimension only */

	switch (kind) {
	case VAP_TEXT_MATRIX:
		return half + 8 * apm_matrix_apqns(&source->assigned);
	case VAP_TEXT_GUEST_MATRIX:
		return half + 8 * apm_matrix_apqns(&source->guest);
	case VAP_TEXT_REASONS:
		return REASON_LINE * apm_matrix_apqns(&source->assigned);
	case VAP_TEXT_GUEST_INTERRUPTS:
		return GISC_LINE * apm_matrix_apqns(&source->guest);
	}
	return 0;
}

/* The guest's own filter, but with a closer look at queues that are not ours. */
static enum apm_reason closer_reason(void *ctx, unsigned int apid, unsigned int apqi)
{
	enum apm_reason reason = vap_queue_reason(NULL, apid, apqi);
	const struct source *source = ctx;

	if (reason == APM_REASON_NO_QUEUE_DEVICE)
		reason = vap_owner_view_reason(source->view, AP_MKQID(apid, apqi));
	return reason;
}

static size_t make_reasons(struct source *source, char *buf, size_t size)
{
	source->filter.state = closer_reason;
	source->filter.ctx = source;
	return apm_filter_read_reasons(&source->filter, &source->guest, buf, size, 0);
}

static const char *gisc_word(void *ctx, unsigned int apid, unsigned int apqi)
{
	static const char *const words[] = { "0", "1", "2", "3", "4", "5", "6", "7" };
	struct vap_queue *queue = vap_queue_get(AP_MKQID(apid, apqi));
	int gisc = -1;

	if (queue) {
		gisc = vap_irq_gisc(queue);
		vap_queue_put(queue);
	}
	return gisc < 0 ? NULL : words[gisc];
}

static size_t make_text(struct source *source, enum vap_text_kind kind,
			char *buf, size_t size)
{
	switch (kind) {
	case VAP_TEXT_MATRIX:
		return apm_matrix_read_apqns(&source->assigned, buf, size, 0);
	case VAP_TEXT_GUEST_MATRIX:
		return apm_matrix_read_apqns(&source->guest, buf, size, 0);
	case VAP_TEXT_REASONS:
		return make_reasons(source, buf, size);
	case VAP_TEXT_GUEST_INTERRUPTS:
		return apm_matrix_read_words(&source->guest, gisc_word, NULL, buf,
					     size, 0);
	}
	return 0;
}

/* keeping texts; text_mutex held */

/* text_mutex held, or nobody reads any more. */
static void free_text(struct vap_text *text)
{
	kvfree(text->buf);
	memset(text, 0, sizeof(*text));
}

static int renew_text(struct vap_mdev *mdev, struct vap_text *text)
{
	struct vap_bus_view *view = NULL;
	struct source source = { };
	size_t size;

	lockdep_assert_held(&mdev->text_mutex);
	if (text->kind == VAP_TEXT_REASONS) {
		view = vap_owner_view_create();
		if (!view)
			return -ENOMEM;
	}
	take_source(mdev, &source);
	source.view = view;
	size = text_bound(&source, text->kind);
	kvfree(text->buf);
	text->len = 0;
	text->buf = kvmalloc(size + 1, GFP_KERNEL_ACCOUNT);
	if (text->buf)
		text->len = make_text(&source, text->kind, text->buf, size);
	vap_owner_view_destroy(view);
	return text->buf ? 0 : -ENOMEM;
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

/* A slot for a new reader; the oldest is evicted. */
static struct vap_text *take_slot(struct vap_mdev *mdev, enum vap_text_kind kind,
				  unsigned long reader)
{
	struct vap_text *text;

	lockdep_assert_held(&mdev->text_mutex);
	text = &mdev->texts[mdev->next_text++ % ARRAY_SIZE(mdev->texts)];
	free_text(text);
	text->reader = reader;
	text->kind = kind;
	return text;
}

/**
 * vap_text_read - read a part of a text
 * @mdev: the mdev
 * @kind: which text
 * @file: the opening of the file; it identifies the reader
 * @buf: result
 * @size: bytes that fit into @buf
 * @offset: where to begin, in bytes; at 0 the text is built again
 *
 * Context: Process context, no lock of the module held. Takes mdev->text_mutex and
 * vap.lock. May sleep.
 * Return: the number of bytes in @buf, 0 at the end of the text, or -ENOMEM
 */
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
			text = take_slot(mdev, kind, reader);
		ret = renew_text(mdev, text);
	}
	if (!ret && offset < text->len) {
		ret = min_t(size_t, size, text->len - offset);
		memcpy(buf, text->buf + offset, ret);
	}
	if (ret <= 0)
		free_text(text);		/* the end, or no memory */
	mutex_unlock(&mdev->text_mutex);
	return ret;
}

/**
 * vap_text_init - initialise the texts of an mdev
 * @mdev: the mdev, new
 *
 * Context: Process context, no lock needed.
 */
void vap_text_init(struct vap_mdev *mdev)
{
	mutex_init(&mdev->text_mutex);
}

/**
 * vap_text_free_all - free the texts of an mdev
 * @mdev: the mdev; its attributes were removed
 *
 * Context: Process context, no lock needed. May sleep.
 */
void vap_text_free_all(struct vap_mdev *mdev)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mdev->texts); i++)
		free_text(&mdev->texts[i]);
}
