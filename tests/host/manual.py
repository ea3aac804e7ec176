#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compares the manual pages with what the program's tables print.

    manual.py PAGES APMATRIX...     PAGES: the directory man/; then how to call the program

Prints one line for each difference: commands, summaries, operands, options with their
arguments, formats, findings, reasons and exit statuses; the last two also of the JSON
schema. The wording of the pages is their own, but for the reasons.
"""

import json
import os
import re
import subprocess
import sys

PAGES, PROGRAM = sys.argv[1], sys.argv[2:]
TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def told(*arguments):
    return subprocess.run([*PROGRAM, *arguments], stdout=subprocess.PIPE, text=True,
                          check=True).stdout


def plain(text):
    """What a reader sees of a line of man(7)."""
    return re.sub(r"\\f.", "", text).replace("\\-", "-").replace("\\(aq", "'")


def page_of(name):
    with open(os.path.join(PAGES, name)) as handle:
        sections, section = {}, None
        for line in handle.read().splitlines():
            if line.startswith(".SH "):
                section = line[4:].strip('"')
                sections[section] = []
            elif section:
                sections[section].append(line)
    return sections


def tags(lines):
    """The words that .TP paragraphs explain."""
    return [plain(after) for line, after in zip(lines, lines[1:]) if line == ".TP"]


def section_of(text, title):
    """The lines of one paragraph of the help."""
    found = re.search(rf"^{title}:\n(.*?)(?:\n\n|\Z)", text, re.M | re.S)
    return found.group(1).splitlines() if found else []


def options_of(text, title):
    """-a, --adapters IDS, as the help has it."""
    found = [re.match(r"  (?:(-.), |    )(--[a-z-]+)((?: [A-Z]+)?)(?:  |$)", line)
             for line in section_of(text, title)]
    return {(option[1] + ", " if option[1] else "") + option[2] + option[3]
            for option in found if option}


def check_defaults(name, text, lines):
    """The numbers that the help gives as defaults are in the page's paragraphs, too."""
    page = "\n".join(plain(line) for line in lines)
    for told_of in re.split(r"^  (?:-., |    )(?=--)", text, flags=re.M)[1:]:
        option = told_of.split()[0]
        default = re.search(r"\(default:? (\d+)", " ".join(told_of.split()))
        paragraph = re.search(rf"^(?:-., )?{option} .*\n((?:(?!\.TP).*\n?)*)", page, re.M)
        if default and not (paragraph and
                            re.search(rf"\b{default.group(1)}\b", paragraph.group(1))):
            print(f"{name}: {option} has the default {default.group(1)}")


def statuses_of(text):
    return {f"{number} {name}": meaning for number, name, meaning in
            re.findall(r"^ +(\d+)  ([A-Z_]+) +(.*)$", text, re.M)}


def differ(name, what, tables, page):
    for one in sorted(tables - page):
        print(f"{name}: no {what} {one}")
    for one in sorted(page - tables):
        print(f"{name}: {what} {one} is not in the tables")


def reasons_of(text):
    """word -> (meaning, fix), as the help of explain has them."""
    reasons, word = {}, None
    for line in section_of(text, "Reasons"):
        found = re.match(r"  (\S+) *(.*)$", line)
        if found:
            word, rest = found.groups()
            reasons[word] = [rest, ""]
        elif line.strip().startswith("fix: "):
            reasons[word][1] = line.strip()[5:]
        else:
            reasons[word][0] = f"{reasons[word][0]} {line.strip()}".strip()
    return {word: tuple(reason) for word, reason in reasons.items()}


def check_reasons():
    """The list of the reasons in help, pages and schema is that of module/apm/reasons.h."""
    reasons = reasons_of(told("explain", "--help"))
    page, word = {}, None
    lines = page_of("apmatrix-explain.8").get("REASONS", [])
    for before, line in zip(lines, lines[1:]):
        if before == ".TP":
            word = plain(line)
            page[word] = ["", ""]
        elif word and plain(line).startswith("Fix: "):
            page[word][1] = plain(line)[5:]
        elif word and not line.startswith("."):
            page[word][0] = f"{page[word][0]} {plain(line)}".strip()
    differ("apmatrix-explain.8", "reason", {(word, f"{meaning}.", fix) for word, (meaning, fix)
                                            in reasons.items()},
           {(word, *reason) for word, reason in page.items()})
    with open(os.path.join(TREE, "module", "apm", "reasons.h")) as handle:
        kernel = set(re.findall(r'\bX\(\w+, "([a-z-]+)"', handle.read()))
    differ("vfio_ap.4", "reason", kernel,
           {word for before, line in zip(page_of("vfio_ap.4")["REASONS"],
                                         page_of("vfio_ap.4")["REASONS"][1:])
            if before == ".TP" for word in re.findall(r"[a-z]+(?:-[a-z]+)*", plain(line))})
    with open(os.path.join(PAGES, "..", "cli", "apmatrix.schema.json")) as handle:
        schema = json.load(handle)
    words = schema["$defs"]["missing"]["properties"]["reason"]["enum"]
    differ("apmatrix.schema.json", "reason", set(reasons), set(words))
    codes = schema["$defs"]["problem"]["properties"]["code"]["enum"]
    differ("apmatrix.schema.json", "code",
           {name.split()[1] for name in statuses_of(told("help", "options"))}, set(codes))
    return len(reasons)


def check_statuses(name, sections, statuses, whole):
    found = set(tags(sections.get("EXIT STATUS", [])))
    known = set(statuses)
    differ(name, "exit status", known if whole else found & known, found)


def check_command(command, summary, statuses):
    name = f"apmatrix-{command}.8"
    if not os.path.exists(os.path.join(PAGES, name)):
        print(f"{name}: no page")
        return
    sections, text = page_of(name), told(command, "--help")
    usage = re.match(r"Usage: (.*)", text).group(1)
    differ(name, "synopsis", {usage}, {plain(line) for line in sections["SYNOPSIS"]})
    differ(name, "name", {f"apmatrix-{command} - {summary}"},
           {plain(line) for line in sections["NAME"]})
    options = set(tags(sections["OPTIONS"]))
    differ(name, "option", options_of(text, "Options") | {"--format FORMAT"}, options)
    check_defaults(name, text, sections["OPTIONS"])
    formats = re.search(r"^Formats \(--format\): (.*)$", text, re.M)
    first = [plain(line) for line in sections["OPTIONS"] if line.startswith("Output format:")]
    words = set(re.findall(r"[a-z]+", " ".join(first).partition(":")[2])) - {"default"}
    if formats:
        differ(name, "format", set(formats.group(1).split(", ")), words)
    elif words not in ({"table"}, {"table", "json"}):
        print(f"{name}: formats {words}")
    findings = {line.split()[0] for line in section_of(text, "Findings")
                if re.match(r"  \S", line)}
    differ(name, "finding", findings, set(tags(sections.get("FINDINGS", []))))
    check_statuses(name, sections, statuses, False)
    for wanted in ("DESCRIPTION", "EXAMPLES", "SEE ALSO"):
        if wanted not in sections:
            print(f"{name}: no section {wanted}")


def main():
    overview, common = told("help", "commands"), told("help", "options")
    statuses = statuses_of(common)
    commands = dict(re.findall(r"^  ([a-z-]+) +(\S.*)$", overview, re.M))
    whole = page_of("apmatrix.8")
    named = set(re.findall(r"^apmatrix-([a-z-]+)\(8\)$",
                           "\n".join(tags(whole["COMMANDS"])), re.M))
    named |= {plain(line)[4:].replace(" (8)", "").removeprefix("apmatrix-")
              for line in whole["COMMANDS"] if line.startswith(".BR apmatrix\\-")}
    differ("apmatrix.8", "command", set(commands), named)
    differ("apmatrix.8", "option",
           options_of(common, "Common options, before or after the command"),
           set(tags(whole["OPTIONS"])))
    check_defaults("apmatrix.8", common, whole["OPTIONS"])
    check_statuses("apmatrix.8", whole, statuses, True)
    for command, summary in commands.items():
        check_command(command, summary, statuses)
    pages = {name[9:-2] for name in os.listdir(PAGES) if re.match(r"apmatrix-.*\.8$", name)}
    differ("man/", "page", set(commands), pages)
    with open(os.path.join(PAGES, "..", "docs", "errors.md")) as handle:
        table = dict(re.findall(r"^\| (\d+ \| `[A-Z_]+`) \| (.*) \|$", handle.read(), re.M))
    document = {key.replace(" | `", " ").rstrip("`"): meaning.replace("`", "")
                for key, meaning in table.items()}
    differ("docs/errors.md", "exit status", set(statuses.items()), set(document.items()))
    reasons = check_reasons()
    print(f"{len(commands)} commands, {len(statuses)} exit statuses, {reasons} reasons")


main()
