# SPDX-License-Identifier: GPL-2.0-only
"""Kernels that the lab builds from Debian's linux-source packages.

Debian's 5.10 and 6.1 kernels for s390x have no VFIO, and Debian has no kernels with the
checks of --debug. So the lab builds them inside the lab root with a small configuration
(the *.config files here). The result has the same layout as the directory that kernel.py
creates for a stock kernel (info.json, vmlinuz, modules/), and in addition
  System.map   the real addresses; the files in Debian's packages are stubs
  config       the complete configuration
  headers/     a tree for `make M=...`: headers, generated files, kbuild's programs
Mainline's mdev and vfio_ap are among the modules.

A row of the table of kernels names the series of linux-source and, after a plus sign,
the configuration on top: `6.12+debug`.
"""

import json
import os
import re
import shlex
import shutil

from .. import cache, log, mirror, root

SOURCE = "selfbuilt"    # in the table of kernels
HERE = os.path.dirname(os.path.abspath(__file__))

# Files that are not unpacked, because none of these configurations compiles them. Every
# Kconfig file is unpacked, because they refer to each other. Patterns for tar, braces for bash.
LEFT_OUT = ("arch/{alpha,arc,arm,arm64,c6x,csky,h8300,hexagon,ia64,loongarch,m68k,microblaze,"
            "mips,nds32,nios2,openrisc,parisc,powerpc,riscv,sh,sparc,um,x86,xtensa}/*.{[chS],dts,dtsi}",
            "Documentation/*.{rst,txt,yaml,svg}", "tools/{perf,testing}", "samples/*.[ch]",
            "{drivers/{gpu,media,staging,infiniband,scsi,usb,iio,hwmon,power,clk,pinctrl,"
            "phy,soc,mfd,regulator,mtd,net/*},sound}/*.[chS]")

# The files that the build of an external module reads
HEADERS = re.compile(r"(Makefile|Kbuild|\.config|\.kernelvariables|Module\.symvers|System\.map|"
                     r"localversion.*|arch/s390/(Makefile.*|Kbuild|include/.*|kernel/.*\.lds|"
                     r"module\.lds)|(include|scripts)/.*|tools/(include|objtool)/.*)")
HEADERS_NOT = re.compile(r".*\.(o|a|cmd|d|mod)$|scripts/(kconfig|gdb|dtc|package|coccinelle|"
                         r"selinux)/.*")

TOOLS = ("flex", "bison", "m4", "libsigsegv2")

OPTION = re.compile(r"(CONFIG_\w+)=(.*)")
PATIENCE = 3 * 3600     # seconds; time limit of one make


def parse(wanted):
    """The series and the names of additional configurations of a row of the kernel table."""
    series, *more = wanted.pattern.split("+")
    return series, more


def _fragments(wanted):
    """The *.config files of a kernel, in their order."""
    series, more = parse(wanted)
    names = ["common", series] + more + [f"{series}-{one}" for one in more]
    found = [fragment(name) for name in names]
    for name, path in zip(more, found[2:]):
        if not os.path.exists(path):
            raise log.LabError(f"kernel {wanted.name}: no configuration {name}", log.EXIT_USAGE)
    return [path for path in found if os.path.exists(path)]


def fragment(name):
    """The *.config file `name`."""
    return os.path.join(HERE, name + ".config")


def inputs(wanted):
    """The inputs of a kernel, for its stamp in the cache: row, options and compiler."""
    return [wanted, "layout 1", read_options(_fragments(wanted)), root.CC]


def read_options(paths):
    """{option: value} of *.config files. A later file overrides an earlier one."""
    options = {}
    for path in paths:
        with open(path) as handle:
            for line in handle:
                match = OPTION.fullmatch(line.strip())
                if match:
                    options[match.group(1)] = match.group(2)
                elif line.strip() and line[0] != "#":
                    raise log.LabError(f"{path}: not an option: {line.strip()}")
    return options


def _fetch(wanted):
    """Fetches the newest linux-source of the series; returns (suite, package version, path)."""
    package = "linux-source-" + parse(wanted)[0]
    failed = None
    for name in wanted.suites:
        suite = mirror.Suite(name, "kernel-" + wanted.name)
        try:
            suite.update()
            deb, = suite.fetch([package + ":all"])
        except log.LabError as error:
            failed = error
            continue
        if failed:
            log.say(f"{failed}; using {name} instead")
        return name, os.path.basename(deb).split("_")[1], deb
    raise failed


def ensure_tools():
    """Adds the tools to the lab root that only a kernel build needs."""
    def build(temporary):
        suite = mirror.Suite(root.suite(), "kernel-tools")
        suite.update()
        for deb in suite.fetch([name + ":amd64" for name in TOOLS]):
            mirror.unpack(deb, root.ensure(), os.path.basename(deb))
            cache.remove(deb)
            cache.remove(deb + ".stamp")
        cache.write(temporary, "\n".join(TOOLS) + "\n")

    # the piece is inside the root, so that a new root gets the tools again
    root.ensure()
    cache.ensure("root/lab/kernel-tools", [TOOLS], build, None)


def _unpack(wanted, deb, tree):
    os.makedirs(tree)
    package = "linux-source-" + parse(wanted)[0]
    left_out = " ".join(f"--exclude={package}/{pattern}" for pattern in LEFT_OUT)
    log.run_logged(
        ["bash", "-o", "pipefail", "-c",
         f"dpkg-deb --fsys-tarfile {shlex.quote(deb)} | tar -xO ./usr/src/{package}.tar.xz | "
         f"tar -xJ -C {shlex.quote(tree)} --strip-components=1 --wildcards {left_out}"],
        cache.path("log", package + ".log"), f"unpacking {package}")


class Build:
    """The source tree of one kernel in the lab root. make() runs make in it.

    source, tree: where the sources are and where the results go; here the same directory.
    """

    def __init__(self, name):
        self.name = name
        self.inside = "/lab/kernel-" + name
        self.source = self.tree = root.ensure() + self.inside

    def path(self, *names):
        return os.path.join(self.tree, *names)

    def command(self, *arguments):
        return ["nice", "timeout", str(PATIENCE), "make", "-s", f"-j{os.cpu_count()}",
                "CC=" + root.CC, *arguments]

    def run(self, command, **kwargs):
        return root.run(command, self.inside, **kwargs)

    def make(self, what, *arguments):
        kept = cache.path("log", f"kernel-{self.name}-{what}.log")
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        with open(kept, "wb") as told:
            ret = self.run(self.command(*arguments), stdout=told, stderr=told).returncode
        if ret == 0:
            return
        with open(kept, errors="replace") as told:
            lines = told.read().splitlines()
        why = [line for line in lines if re.search(r"error|\*\*\*|No such file", line)]
        why = (why or lines or [f"status {ret}"])[0]
        raise log.LabError(f"kernel {self.name}, {what}: {why}", log=kept)

    def configure(self, options):
        """Configures allnoconfig plus `options`. Calls refuse() if Kconfig does not accept all."""
        cache.write(self.path("lab.config"),
                    "".join(f"{key}={value}\n" for key, value in options.items()))
        # like Debian's header packages: external builds need not set ARCH and CROSS_COMPILE
        cache.write(self.path(".kernelvariables"),
                    "override ARCH = s390\noverride CROSS_COMPILE = s390x-linux-gnu-\n")
        self.make("configuration", "KCONFIG_ALLCONFIG=lab.config", "allnoconfig")
        have = {}
        with open(self.path(".config")) as handle:
            for line in handle:
                match = OPTION.fullmatch(line.strip())
                if match:
                    have[match.group(1)] = match.group(2)
        refused = [f"{key}={value}" for key, value in options.items()
                   if have.get(key, "n") != value]
        if refused:
            self.refuse(refused)

    def refuse(self, refused):
        raise log.LabError(f"kernel {self.name}: Kconfig does not accept {' '.join(refused)}: "
                           "a dependency of these options is not enabled")

    def version(self):
        with open(self.path("include/config/kernel.release")) as handle:
            return handle.read().strip()


def copy_headers(tree, target, source=None):
    """Copies the files that the build of an external module reads.

    tree: where a kernel was built, or headers. source: its sources, if they are elsewhere. The
    programs in scripts/ run in the lab root.
    """
    if source:
        _copy_headers(source, target)
    # the Makefile of a build elsewhere only names the sources
    _copy_headers(tree, target, ("Makefile",) if source else ())


def _copy_headers(tree, target, leave_out=()):
    for parent, _, names in os.walk(tree):
        for name in names:
            source = os.path.join(parent, name)
            relative = os.path.relpath(source, tree)
            if relative in leave_out or not HEADERS.fullmatch(relative) \
                    or HEADERS_NOT.fullmatch(relative):
                continue
            os.makedirs(os.path.dirname(os.path.join(target, relative)), exist_ok=True)
            shutil.copy2(source, os.path.join(target, relative), follow_symlinks=False)


def collect(work, temporary):
    """Moves and copies what was built to the directory `temporary`; returns the release."""
    work.make("modules", "INSTALL_MOD_PATH=install", "INSTALL_MOD_STRIP=1", "DEPMOD=true",
              "modules_install")
    version = work.version()
    modules = work.path("install/lib/modules", version)
    for link in ("build", "source"):
        cache.remove(os.path.join(modules, link))
    os.makedirs(temporary)
    shutil.move(modules, temporary + "/modules")
    shutil.copyfile(work.path("arch/s390/boot/bzImage"), temporary + "/vmlinuz")
    shutil.copyfile(work.path("System.map"), temporary + "/System.map")
    shutil.copyfile(work.path(".config"), temporary + "/config")
    copy_headers(work.tree, temporary + "/headers",
                 work.source if work.source != work.tree else None)
    return version


def build(wanted, temporary):
    """Builds the kernel and creates its directory at `temporary`; for cache.ensure()."""
    options = read_options(_fragments(wanted))
    ensure_tools()
    cache.need_space(5)
    suite, package, deb = _fetch(wanted)
    work = Build(wanted.name)
    cache.remove(work.tree)
    try:
        _unpack(wanted, deb, work.tree)
        work.configure(options)
        work.make("build", "KBUILD_BUILD_USER=lab", "KBUILD_BUILD_HOST=lab", "bzImage", "modules")
        version = collect(work, temporary)
        cache.write(temporary + "/info.json", json.dumps(
            {"name": wanted.name, "version": version, "suite": suite, "source": wanted.source,
             "package": package, "headers": [], "digest": cache.digest(inputs(wanted))},
            indent=1) + "\n")
    finally:
        cache.remove(work.tree)
    cache.remove(deb)
    cache.remove(deb + ".stamp")


def unpack_headers(kernel, target):
    """Copies the headers of a built kernel to `target`, a path inside the lab root.

    Those of a given directory may be where it was built, with a link to its sources.
    """
    cache.remove(target)
    cache.remove(target + ".new")
    headers = os.path.realpath(kernel.path + "/headers")
    source = os.path.join(headers, "source")
    copy_headers(headers, target + ".new",
                 os.path.realpath(source) if os.path.isdir(source) else None)
    os.rename(target + ".new", target)


def _own(kernel, names):
    """(host path, guest path) of the kernel's own modules `names`, in the given order."""
    found = {name: os.path.join(parent, name)
             for parent, _, files in os.walk(kernel.path + "/modules")
             for name in files if name in names}
    return [(found[name], "lab/" + name) for name in names if name in found]


def own_mdev(kernel):
    """The kernel's own mdev, if it has one. Mainline's and the project's vfio_ap need it."""
    return _own(kernel, ("mdev.ko", "vfio_mdev.ko"))


def own_vfio_ap(kernel):
    """Mainline's vfio_ap and mdev, if they are among the kernel's own modules."""
    driver = _own(kernel, ("vfio_ap.ko",))
    return own_mdev(kernel) + driver if driver else []
