// SPDX-License-Identifier: GPL-2.0-only
/* JSON out, streaming. See json-write.h. */
#include "format/json-write.h"

static void line_break(struct jsonw *json)
{
	if (!json->one_line)
		fprintf(json->out, "\n%*s", 2 * (int)json->depth, "");
}

/* The length of the UTF-8 character at text, 0 if there is none. */
static unsigned int utf8_len(const unsigned char *text)
{
	static const struct {
		unsigned char lead, lead_end, next, next_end, len;
	} forms[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	unsigned int i, n;

	if (text[0] < 0x80)
		return 1;
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (text[0] < forms[i].lead || text[0] > forms[i].lead_end)
			continue;
		if (text[1] < forms[i].next || text[1] > forms[i].next_end)
			return 0;
		for (n = 2; n < forms[i].len; n++) {
			if ((text[n] & 0xc0) != 0x80)
				return 0;
		}
		return forms[i].len;
	}
	return 0;
}

static void put_string(FILE *out, const char *value)
{
	const unsigned char *at = (const unsigned char *)value;

	fputc('"', out);
	while (*at) {
		unsigned int len = utf8_len(at);

		if (!len) {
			fputs("\\ufffd", out);
			at++;
			continue;
		}
		if (*at == '"' || *at == '\\')
			fprintf(out, "\\%c", *at);
		else if (*at == '\n')
			fputs("\\n", out);
		else if (*at == '\t')
			fputs("\\t", out);
		else if (*at < 0x20 || *at == 0x7f)
			fprintf(out, "\\u%04x", *at);
		else
			fwrite(at, 1, len, out);
		at += len;
	}
	fputc('"', out);
}

/* What stands before every value: separator, line break, key. */
static void lead_in(struct jsonw *json, const char *key)
{
	if (!json->first)
		fputs(json->one_line ? ", " : ",", json->out);
	if (json->depth)
		line_break(json);
	json->first = false;
	if (key) {
		put_string(json->out, key);
		fputs(": ", json->out);
	}
}

void jsonw_begin(struct jsonw *json, FILE *out, bool one_line)
{
	*json = (struct jsonw){
		.out = out, .one_line = one_line, .first = true,
	};
	jsonw_object(json, NULL);
}

void jsonw_end(struct jsonw *json)
{
	jsonw_object_end(json);
	fputc('\n', json->out);
}

static void open_level(struct jsonw *json, const char *key, char bracket)
{
	lead_in(json, key);
	fputc(bracket, json->out);
	json->depth++;
	json->first = true;
}

static void close_level(struct jsonw *json, char bracket)
{
	json->depth--;
	if (!json->first)
		line_break(json);
	fputc(bracket, json->out);
	json->first = false;
}

void jsonw_object(struct jsonw *json, const char *key)
{
	open_level(json, key, '{');
}

void jsonw_object_end(struct jsonw *json)
{
	close_level(json, '}');
}

void jsonw_array(struct jsonw *json, const char *key)
{
	open_level(json, key, '[');
}

void jsonw_array_end(struct jsonw *json)
{
	close_level(json, ']');
}

void jsonw_inline(struct jsonw *json)
{
	json->one_line++;
}

void jsonw_inline_end(struct jsonw *json)
{
	json->one_line--;
}

void jsonw_string(struct jsonw *json, const char *key, const char *value)
{
	if (!value) {
		jsonw_null(json, key);
		return;
	}
	lead_in(json, key);
	put_string(json->out, value);
}

void jsonw_int(struct jsonw *json, const char *key, long long value)
{
	lead_in(json, key);
	fprintf(json->out, "%lld", value);
}

void jsonw_bool(struct jsonw *json, const char *key, bool value)
{
	lead_in(json, key);
	fputs(value ? "true" : "false", json->out);
}

void jsonw_null(struct jsonw *json, const char *key)
{
	lead_in(json, key);
	fputs("null", json->out);
}

void jsonw_ids(struct jsonw *json, const char *key, const struct apm_mask *mask)
{
	unsigned int id;

	jsonw_array(json, key);
	jsonw_inline(json);
	apm_mask_for_each(id, mask)
		jsonw_int(json, NULL, id);
	jsonw_array_end(json);
	jsonw_inline_end(json);
}

void jsonw_mask(struct jsonw *json, const char *key, const struct apm_mask *mask)
{
	char text[APM_MASK_TEXT_LEN + 1] = "";

	apm_mask_format(mask, text);
	jsonw_string(json, key, text);
}

void jsonw_apqn(struct jsonw *json, const char *key, unsigned int apid,
	       unsigned int apqi)
{
	char text[APM_APQN_TEXT_LEN + 1] = "";

	apm_apqn_format(apid, apqi, text);
	jsonw_string(json, key, text);
}
