// SPDX-License-Identifier: GPL-2.0-only
/*
 * btfcheck FILE LAYOUT...: which of our layouts does this kernel have?
 *
 * FILE is a vmlinux with a .BTF section, or raw BTF as in /sys/kernel/btf, of
 * either byte order. Each LAYOUT is a file of lines "struct member offset
 * size" (bytes; member "." for the whole struct). OTHER+N for an offset is N bytes
 * behind the end of the struct's member OTHER.
 *
 * Prints the name of the first layout without a difference and exits with 0.
 * If each has some, prints the differences of the one with fewest and exits
 * with 1. Exits with 3 if FILE holds no BTF, or none of the structs' (then
 * they are in a module), and with 2 on any other error. Runs where the module
 * is built, so it uses nothing but the C library.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_DIFFERENT	1
#define EXIT_TROUBLE	2
#define EXIT_NO_BTF	3

#define BTF_MAGIC	0xeb9f
#define MAX_DEPTH	32	/* of typedefs and qualifiers, and of nesting */

/* Kinds of BTF types that have a size, refer to another type, or have a tail. */
enum {
	KIND_INT = 1, KIND_PTR, KIND_ARRAY, KIND_STRUCT, KIND_UNION, KIND_ENUM,
	KIND_FWD, KIND_TYPEDEF, KIND_VOLATILE, KIND_CONST, KIND_RESTRICT,
	KIND_FUNC, KIND_FUNC_PROTO, KIND_VAR, KIND_DATASEC, KIND_FLOAT,
	KIND_DECL_TAG, KIND_TYPE_TAG, KIND_ENUM64
};

struct btf {
	const unsigned char *types, *end;	/* type section */
	const char *strings;
	uint32_t strings_len;
	uint32_t nr;				/* types, ids 1 to nr */
	const unsigned char **type;		/* by id */
	int swap;
	unsigned int ptr_size;
};

static void __attribute__((noreturn, format(printf, 2, 3)))
leave(int status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fprintf(stderr, "btfcheck: ");
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(status);
}

static uint16_t get16(const unsigned char *p, int swap)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	return swap ? __builtin_bswap16(v) : v;
}

static uint32_t get32(const unsigned char *p, int swap)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return swap ? __builtin_bswap32(v) : v;
}

static uint64_t get64(const unsigned char *p, int swap)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return swap ? __builtin_bswap64(v) : v;
}

static int host_is_big(void)
{
	const uint16_t one = 1;

	return *(const unsigned char *)&one == 0;
}

/* The .BTF section of a 64-bit ELF file, or NULL. */
static const unsigned char *elf_section(const unsigned char *map, size_t len,
					const char *name, size_t *section_len)
{
	uint64_t headers, names_at, at, size;
	unsigned int nr, i, entry;
	const unsigned char *sh;
	int swap;

	if (len < 64 || map[4] != 2)
		return NULL;
	swap = (map[5] == 2) != host_is_big();
	headers = get64(map + 40, swap);
	entry = get16(map + 58, swap);
	nr = get16(map + 60, swap);
	if (entry < 64 || headers > len || nr > (len - headers) / entry ||
	    get16(map + 62, swap) >= nr)
		return NULL;
	names_at = get64(map + headers + get16(map + 62, swap) * entry + 24, swap);

	for (i = 0; i < nr; i++) {
		sh = map + headers + i * entry;
		at = names_at + get32(sh, swap);
		if (at < names_at || at >= len ||
		    strnlen((const char *)map + at, len - at) == len - at ||
		    strcmp((const char *)map + at, name))
			continue;
		at = get64(sh + 24, swap);
		size = get64(sh + 32, swap);
		if (at > len || size > len - at)
			return NULL;
		*section_len = size;
		return map + at;
	}
	return NULL;
}

static uint32_t type_word(const struct btf *btf, const unsigned char *t, int n)
{
	return get32(t + 4 * n, btf->swap);
}

static unsigned int type_kind(const struct btf *btf, const unsigned char *t)
{
	return type_word(btf, t, 1) >> 24 & 0x1f;
}

static unsigned int type_vlen(const struct btf *btf, const unsigned char *t)
{
	return type_word(btf, t, 1) & 0xffff;
}

static int type_bitfields(const struct btf *btf, const unsigned char *t)
{
	return type_word(btf, t, 1) >> 31;
}

/* Bytes behind the three words that every type has; -1 for an unknown kind. */
static long type_tail(unsigned int kind, unsigned int vlen)
{
	switch (kind) {
	case KIND_PTR:
	case KIND_FWD:
	case KIND_TYPEDEF:
	case KIND_VOLATILE:
	case KIND_CONST:
	case KIND_RESTRICT:
	case KIND_FUNC:
	case KIND_FLOAT:
	case KIND_TYPE_TAG:
		return 0;
	case KIND_INT:
	case KIND_VAR:
	case KIND_DECL_TAG:
		return 4;
	case KIND_ARRAY:
		return 12;
	case KIND_ENUM:
	case KIND_FUNC_PROTO:
		return 8L * vlen;
	case KIND_STRUCT:
	case KIND_UNION:
	case KIND_DATASEC:
	case KIND_ENUM64:
		return 12L * vlen;
	default:
		return -1;
	}
}

static void btf_read(struct btf *btf, const unsigned char *p, size_t len)
{
	uint32_t hdr_len, type_off, type_len, str_off, capacity = 0;
	const unsigned char *t;
	long tail;

	if (len < 24)
		leave(EXIT_NO_BTF, "no BTF");
	btf->swap = 0;
	if (get16(p, 0) != BTF_MAGIC) {
		btf->swap = 1;
		if (get16(p, 1) != BTF_MAGIC)
			leave(EXIT_NO_BTF, "no BTF");
	}
	hdr_len = get32(p + 4, btf->swap);
	type_off = get32(p + 8, btf->swap);
	type_len = get32(p + 12, btf->swap);
	str_off = get32(p + 16, btf->swap);
	btf->strings_len = get32(p + 20, btf->swap);
	if (hdr_len > len || type_off > len - hdr_len ||
	    type_len > len - hdr_len - type_off || str_off > len - hdr_len ||
	    btf->strings_len > len - hdr_len - str_off || !btf->strings_len)
		leave(EXIT_TROUBLE, "BTF is cut short");
	btf->types = p + hdr_len + type_off;
	btf->end = btf->types + type_len;
	btf->strings = (const char *)p + hdr_len + str_off;
	if (btf->strings[btf->strings_len - 1])
		leave(EXIT_TROUBLE, "BTF strings have no end");
	btf->ptr_size = 8;

	btf->nr = 0;
	for (t = btf->types; t < btf->end; t += 12 + tail) {
		if (btf->end - t < 12)
			leave(EXIT_TROUBLE, "BTF type %u is cut short", btf->nr + 1);
		tail = type_tail(type_kind(btf, t), type_vlen(btf, t));
		if (tail < 0)
			leave(EXIT_TROUBLE, "BTF type %u is of an unknown kind %u",
			      btf->nr + 1, type_kind(btf, t));
		if (btf->end - t - 12 < tail)
			leave(EXIT_TROUBLE, "BTF type %u is cut short", btf->nr + 1);
		if (btf->nr + 1 >= capacity) {
			capacity = capacity ? 2 * capacity : 65536;
			btf->type = realloc(btf->type, capacity * sizeof(*btf->type));
			if (!btf->type)
				leave(EXIT_TROUBLE, "out of memory");
		}
		btf->type[++btf->nr] = t;
	}
}

static const unsigned char *btf_type(const struct btf *btf, uint32_t id)
{
	return id && id <= btf->nr ? btf->type[id] : NULL;
}

static const char *btf_name(const struct btf *btf, uint32_t offset)
{
	return offset < btf->strings_len ? btf->strings + offset : "";
}

/* In bytes; -1 if the type has none. */
static long long btf_size(const struct btf *btf, uint32_t id, int depth)
{
	const unsigned char *t = btf_type(btf, id);
	long long size;

	if (!t || depth > MAX_DEPTH)
		return -1;
	switch (type_kind(btf, t)) {
	case KIND_INT:
	case KIND_STRUCT:
	case KIND_UNION:
	case KIND_ENUM:
	case KIND_ENUM64:
	case KIND_FLOAT:
		return type_word(btf, t, 2);
	case KIND_PTR:
		return btf->ptr_size;
	case KIND_TYPEDEF:
	case KIND_VOLATILE:
	case KIND_CONST:
	case KIND_RESTRICT:
	case KIND_TYPE_TAG:
		return btf_size(btf, type_word(btf, t, 2), depth + 1);
	case KIND_ARRAY:
		size = btf_size(btf, type_word(btf, t, 3), depth + 1);
		return size < 0 ? size : size * type_word(btf, t, 5);
	default:
		return -1;
	}
}

/* The struct of that name with members, or NULL. */
static const unsigned char *btf_struct(const struct btf *btf, const char *name)
{
	uint32_t id;

	for (id = 1; id <= btf->nr; id++) {
		const unsigned char *t = btf->type[id];

		if (type_kind(btf, t) == KIND_STRUCT &&
		    !strcmp(btf_name(btf, type_word(btf, t, 0)), name))
			return t;
	}
	return NULL;
}

/*
 * Offset and size in bytes of a member, also of one inside an anonymous struct
 * or union. 0 if there is no such member or it does not begin at a byte.
 */
static int btf_member(const struct btf *btf, const unsigned char *t,
		      const char *name, int depth, long long *offset,
		      long long *size)
{
	unsigned int i, vlen = type_vlen(btf, t);
	const unsigned char *m, *inner;
	uint32_t bits;

	for (i = 0; i < vlen && depth < MAX_DEPTH; i++) {
		m = t + 12 + 12 * i;
		bits = get32(m + 8, btf->swap);
		if (type_bitfields(btf, t)) {
			if (bits >> 24)
				continue;
			bits &= 0xffffff;
		}
		if (!strcmp(btf_name(btf, get32(m, btf->swap)), name)) {
			*offset = bits / 8;
			*size = btf_size(btf, get32(m + 4, btf->swap), 0);
			return bits % 8 == 0;
		}
		inner = btf_type(btf, get32(m + 4, btf->swap));
		if (get32(m, btf->swap) == 0 && inner &&
		    (type_kind(btf, inner) == KIND_STRUCT ||
		     type_kind(btf, inner) == KIND_UNION) &&
		    btf_member(btf, inner, name, depth + 1, offset, size)) {
			*offset += bits / 8;
			return 1;
		}
	}
	return 0;
}

/* One line about one member: 0 if the kernel has it where we have it. */
static int compare(const struct btf *btf, const char *type, const char *member,
		   long long offset, long long size, int *found, FILE *to)
{
	const unsigned char *t = btf_struct(btf, type);
	long long has_offset = 0, has_size;

	if (!t) {
		fprintf(to, "struct %s: the kernel has none\n", type);
		return 1;
	}
	*found = 1;
	if (!strcmp(member, ".")) {
		has_size = type_word(btf, t, 2);
		if (has_size == size)
			return 0;
		fprintf(to, "struct %s: %lld bytes in the kernel, %lld in ours\n",
			type, has_size, size);
		return 1;
	}
	if (!btf_member(btf, t, member, 0, &has_offset, &has_size)) {
		fprintf(to, "%s.%s: the kernel has no such member\n", type, member);
		return 1;
	}
	if (has_offset == offset && has_size == size)
		return 0;
	fprintf(to, "%s.%s: at byte %lld with %lld bytes in the kernel, at %lld with %lld in ours\n",
		type, member, has_offset, has_size, offset, size);
	return 1;
}

/* The offset that a line names; -1 if there is no such member. */
static long long line_offset(const struct btf *btf, const char *type, const char *text,
			     const char *line)
{
	const unsigned char *t = btf_struct(btf, type);
	long long offset, size, more;
	char member[64], extra;

	if (sscanf(text, "%lld%c", &offset, &extra) == 1)
		return offset;
	if (sscanf(text, "%63[^+]+%lld%c", member, &more, &extra) != 2)
		leave(EXIT_TROUBLE, "not a layout: %s", line);
	if (!t || !btf_member(btf, t, member, 0, &offset, &size) || size < 0)
		return -1;
	return offset + size + more;
}

static unsigned int compare_layout(const struct btf *btf, const char *path,
				   int *found, FILE *to)
{
	char line[256], type[64], member[64], where[64], extra;
	unsigned int differences = 0, lines = 0;
	long long size;
	FILE *in;

	in = fopen(path, "r");
	if (!in)
		leave(EXIT_TROUBLE, "%s: %s", path, strerror(errno));
	while (fgets(line, sizeof(line), in)) {
		if (sscanf(line, "%63s %63s %63s %lld %c", type, member,
			   where, &size, &extra) != 4)
			leave(EXIT_TROUBLE, "%s: not a layout: %s", path, line);
		differences += compare(btf, type, member,
				       line_offset(btf, type, where, line), size, found, to);
		lines++;
	}
	if (ferror(in))
		leave(EXIT_TROUBLE, "%s: %s", path, strerror(errno));
	fclose(in);
	if (!lines)
		leave(EXIT_TROUBLE, "%s: empty", path);
	return differences;
}

/* The whole file; read, since sysfs does not say how long its files are. */
static unsigned char *read_file(const char *path, size_t *len)
{
	unsigned char *data = NULL;
	size_t capacity = 0;
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY);
	if (fd < 0)
		leave(EXIT_TROUBLE, "%s: %s", path, strerror(errno));
	for (*len = 0; ; *len += got) {
		if (*len == capacity) {
			capacity = capacity ? 2 * capacity : 1 << 23;
			data = realloc(data, capacity);
			if (!data)
				leave(EXIT_TROUBLE, "out of memory");
		}
		got = read(fd, data + *len, capacity - *len);
		if (got < 0)
			leave(EXIT_TROUBLE, "%s: %s", path, strerror(errno));
		if (!got)
			break;
	}
	close(fd);
	return data;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

int main(int argc, char **argv)
{
	unsigned int differences, least = -1U;
	char *text = NULL, *best = NULL;
	const unsigned char *map, *raw;
	struct btf btf = { 0 };
	const char *layout = NULL;
	size_t len, text_len;
	int found = 0;
	FILE *to;
	int i;

	if (argc < 3)
		leave(EXIT_TROUBLE, "usage: btfcheck FILE LAYOUT...");
	map = read_file(argv[1], &len);
	raw = map;
	if (len > 4 && !memcmp(map, "\177ELF", 4))
		raw = elf_section(map, len, ".BTF", &len);
	if (!raw)
		leave(EXIT_NO_BTF, "%s: no BTF", argv[1]);
	btf_read(&btf, raw, len);

	for (i = 2; i < argc; i++) {
		to = open_memstream(&text, &text_len);
		if (!to)
			leave(EXIT_TROUBLE, "%s", strerror(errno));
		differences = compare_layout(&btf, argv[i], &found, to);
		fclose(to);
		if (!differences) {
			puts(base_name(argv[i]));
			return 0;
		}
		if (differences < least) {
			least = differences;
			layout = base_name(argv[i]);
			free(best);
			best = text;
		} else {
			free(text);
		}
	}
	if (!found)
		leave(EXIT_NO_BTF, "%s: its BTF has no structure of the AP bus", argv[1]);
	printf("layout %s: %s", layout, best);
	return EXIT_DIFFERENT;
}
