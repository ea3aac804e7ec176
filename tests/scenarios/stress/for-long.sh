# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-16 C-17"
DESCRIPTION="survive ten minutes of stress-ng and half an hour of trinity"
REQUIRES="debian ours apvmm"
CPUS=2

stress_seconds=600 fuzz_seconds=900 fuzz_calls=1000000
# guest-run's
# shellcheck disable=SC2154
. "$scenarios/clients/stress-and-fuzz.sh"
