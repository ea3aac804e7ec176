# SPDX-License-Identifier: GPL-2.0-only
"""Mainline's vfio_ap and mdev, for comparison with the project's module.

They are compiled in the cache when they are needed, from Debian's linux-source package of
the same kernel. This tree contains none of their source code.
"""

import os
import re
import shlex

from . import cache, given, kbuild, kernel, log, mirror, selfbuilt

DIRECTORIES = {"mdev": "drivers/vfio/mdev", "vfio_ap": "drivers/s390/crypto"}
KBUILD = {
    "Kbuild": "obj-m := mdev/ vfio_ap/\n",
    "mdev/Kbuild": "obj-m := mdev.o\nmdev-y := mdev_core.o mdev_sysfs.o mdev_driver.o\n",
    "vfio_ap/Kbuild": "obj-m := vfio_ap.o\nvfio_ap-y := vfio_ap_drv.o vfio_ap_ops.o\n",
}
WANTED = re.compile(r"(vfio_ap|mdev)_\w+\.[ch]$|ap_bus\.h$")


def _sources(chosen):
    """Returns the directory with the sources of mainline's two modules, ready for kbuild."""
    name = "linux-source-" + kernel.plain(chosen.name)

    def build(temporary):
        cache.need_space(1)
        suite = mirror.Suite(chosen.info["suite"], "source-" + chosen.name)
        suite.update()
        # the source of exactly this version; the mirror may have a newer one as well
        version = chosen.info["headers"][0].split("_")[1]
        deb, = suite.fetch([f"{name}:all={version}"])
        whole = temporary + "-whole"
        cache.remove(whole)
        os.makedirs(whole)
        names = " ".join(shlex.quote(f"*/{path}/*") for path in DIRECTORIES.values())
        log.run_logged(
            ["bash", "-o", "pipefail", "-c",
             f"dpkg-deb --fsys-tarfile {shlex.quote(deb)} | "
             f"tar -xO ./usr/src/{name}.tar.xz | "
             f"tar -xJ -C {shlex.quote(whole)} --strip-components=1 --wildcards {names}"],
            cache.path("log", "linux-source.log"), f"unpacking {name}")
        for target, source in DIRECTORIES.items():
            os.makedirs(f"{temporary}/{target}")
            for file in os.listdir(f"{whole}/{source}"):
                if WANTED.search(file):
                    os.rename(f"{whole}/{source}/{file}", f"{temporary}/{target}/{file}")
        for file, text in KBUILD.items():
            cache.write(f"{temporary}/{file}", text)
        cache.remove(whole)
        cache.remove(deb)
        cache.remove(deb + ".stamp")

    return cache.ensure(f"stock-{chosen.name}", [chosen.info, KBUILD], build,
                        f"fetching mainline's vfio_ap and mdev ({name})")


def modules(name):
    """(host path, guest path) of mainline's modules.

    Raises LabError with EXIT_SKIP if the kernel does not export the symbols they need.
    """
    chosen = kernel.ensure(name)
    built = selfbuilt.own_vfio_ap(chosen)
    if built:
        return built
    if chosen.info["source"] == given.SOURCE:
        raise log.LabError(f"skipped: {chosen.info['path']} has no vfio_ap.ko among its modules",
                           log.EXIT_SKIP)
    source = _sources(chosen)
    out = source + "-built"
    try:
        built = kbuild.build(name, source, out)
    except kbuild.BuildError as error:
        missing = sorted(set(re.findall(r'"(\w+)" \[\S+\] undefined', error.output)))
        if not missing:
            raise
        raise log.LabError(f"skipped: kernel {chosen.version} does not export "
                           f"{' '.join(missing)}, which mainline's vfio_ap needs",
                           log.EXIT_SKIP) from None
    return [(os.path.join(out, module), "lab/" + os.path.basename(module)) for module in built]
