# SPDX-License-Identifier: GPL-2.0-only
"""As much of JSON Schema as cli/apmatrix.schema.json uses; an unknown keyword is an error."""

import json
import re

IGNORED = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
         "null": type(None)}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def is_type(value, name):
    if name == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[name])


def reject_duplicates(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


def check(value, rule, rules, where="$"):
    """The list of what is wrong with value."""
    wrong = []
    for word, wanted in rule.items():
        if word in IGNORED:
            continue
        if word == "$ref":
            wrong += check(value, rules["$defs"][wanted.rpartition("/")[2]], rules, where)
        elif word == "type":
            names = wanted if isinstance(wanted, list) else [wanted]
            if not any(is_type(value, name) for name in names):
                wrong.append(f"{where}: {value!r} is no {wanted}")
        elif word == "enum":
            if value not in wanted:
                wrong.append(f"{where}: {value!r} is none of {wanted}")
        elif word == "const":
            if value != wanted:
                wrong.append(f"{where}: {value!r} is not {wanted!r}")
        elif word == "pattern":
            if isinstance(value, str) and not re.search(wanted, value):
                wrong.append(f"{where}: {value!r} does not match {wanted}")
        elif word in ("minimum", "maximum"):
            if is_type(value, "integer") and \
                    (value < wanted if word == "minimum" else value > wanted):
                wrong.append(f"{where}: {value} is beyond {wanted}")
        elif word == "items":
            for nr, item in enumerate(value if isinstance(value, list) else []):
                wrong += check(item, wanted, rules, f"{where}[{nr}]")
        elif word == "properties":
            for key, inner in wanted.items():
                if isinstance(value, dict) and key in value:
                    wrong += check(value[key], inner, rules, f"{where}.{key}")
        elif word == "required":
            if isinstance(value, dict):
                wrong += [f"{where}: {key} is missing" for key in wanted if key not in value]
        elif word == "additionalProperties":
            if isinstance(value, dict) and wanted is False:
                wrong += [f"{where}: {key} is not in the schema" for key in value
                          if key not in rule.get("properties", {})]
        elif word == "anyOf":
            answers = [check(value, inner, rules, where) for inner in wanted]
            if all(answers):
                wrong += min(answers, key=len)
        elif word == "uniqueItems":
            if isinstance(value, list) and \
                    len({json.dumps(item) for item in value}) != len(value):
                wrong.append(f"{where}: an item stands there twice")
        else:
            raise ValueError(f"{where}: the validator does not know {word}")
    return wrong


def check_file(path, rules):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if not text:
        return []
    try:
        value = json.loads(text, object_pairs_hook=reject_duplicates)
    except ValueError as error:
        return [f"no JSON: {error}"]
    return check(value, rules, rules)
