# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
#
# Results of shell tests, printed as KTAP. For dash, bash and busybox sh.
#
#	ktap_begin [COUNT]		print the version line, and the plan if COUNT is known
#	ok NAME [NOTE]			one test that passed
#	not_ok NAME [WHY]		one test that failed
#	skip_test NAME REASON		one test that could not run
#	expect NAME EXPECTED GOT	pass if both are equal
#	check NAME COMMAND...		pass if COMMAND succeeds
#	test_begin NAME			the steps up to test_end are one test
#	wrong WHY			a step of it failed
#	test_end			passes if no step failed
#	ktap_include			the KTAP on standard input becomes results of this program
#	ktap_end			print the plan if it was not known, and the counts
#
# Between test_begin and test_end, expect and check are steps and print nothing by themselves.
# A file that is named in ktap_said is shown below each failed test. ktap_end fails if a test
# failed, if no test ran, or if their number is not the planned one.

ktap_passed=0 ktap_failed=0 ktap_skipped=0 ktap_number=0
ktap_plan='' ktap_test='' ktap_why='' ktap_said=''

ktap_begin() {
	echo "KTAP version 1"
	ktap_plan=${1:-}
	[ -z "$ktap_plan" ] || echo "1..$ktap_plan"
}

ok() {
	ktap_passed=$((ktap_passed + 1)) ktap_number=$((ktap_number + 1))
	echo "ok $ktap_number $1${2:+ # $2}"
}

not_ok() {
	ktap_failed=$((ktap_failed + 1)) ktap_number=$((ktap_number + 1))
	echo "not ok $ktap_number $1${2:+ # $2}"
	[ -z "$ktap_said" ] || sed 's/^/#   /' "$ktap_said"
}

skip_test() {
	ktap_skipped=$((ktap_skipped + 1)) ktap_number=$((ktap_number + 1))
	echo "ok $ktap_number $1 # SKIP $2"
}

wrong() { ktap_why="$ktap_why${ktap_why:+; }$*"; }

# ktap_result NAME WHY: a step of the open test, else a test; passed if WHY is empty
ktap_result() {
	if [ -n "$ktap_test" ]; then
		[ -z "${2:-}" ] || wrong "$1: $2"
	elif [ -z "${2:-}" ]; then
		ok "$1"
	else
		not_ok "$1" "$2"
	fi
}

expect() {
	if [ "$2" = "$3" ]; then
		ktap_result "$1"
	else
		ktap_result "$1" "expected \"$2\", got \"$3\""
	fi
}

check() {
	ktap_name=$1
	shift
	"$@"
	set -- "$ktap_name" $?
	[ "$2" = 0 ] || set -- "$1" "FAILED with status $2"
	ktap_result "$1" "${2#0}"
}

test_begin() {
	ktap_test=$1 ktap_why=
}

test_end() {
	ktap_name=$ktap_test ktap_test=
	ktap_result "$ktap_name" "$ktap_why"
}

ktap_include() {
	ktap_included=0 ktap_expected=
	while IFS= read -r ktap_line; do
		case $ktap_line in
		"KTAP version "* | *" passed, "*" failed, "*" skipped") ;;
		1..*) ktap_expected=${ktap_line#1..} ;;
		"ok "* | "not ok "*)
			ktap_included=$((ktap_included + 1)) ktap_number=$((ktap_number + 1))
			case $ktap_line in
			not*) ktap_failed=$((ktap_failed + 1)) ;;
			*" # SKIP "*) ktap_skipped=$((ktap_skipped + 1)) ;;
			*) ktap_passed=$((ktap_passed + 1)) ;;
			esac
			# without the other program's number
			set -- "${ktap_line%%ok *}ok" "${ktap_line#*ok }"
			echo "$1 $ktap_number ${2#* }"
			;;
		*) echo "$ktap_line" ;;
		esac
	done
	[ "$ktap_expected" = $ktap_included ] ||
		not_ok "results of a program" "planned ${ktap_expected:-nothing}, $ktap_included came"
}

ktap_end() {
	if [ -z "$ktap_plan" ]; then
		echo "1..$ktap_number"
	elif [ "$ktap_plan" != $ktap_number ]; then
		not_ok "plan" "planned $ktap_plan tests, $ktap_number ran"
	fi
	[ $ktap_number != 0 ] || ktap_failed=1
	echo "$ktap_passed passed, $ktap_failed failed, $ktap_skipped skipped"
	[ $ktap_failed = 0 ]
}
