#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# inside.sh: checks the packages in /packages, in a Debian tree that is thrown away. Prints KTAP.
TREE=/tree
packages=/packages
work=$(mktemp -d)
. $TREE/tests/lib/ktap.sh
ktap_said=$work/said
ktap_begin
version=$(sed -n 's/^.define VAP_VERSION "\(.*\)"/\1/p' $TREE/module/version.h)
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' $TREE/dkms.conf)
kmod=$(ls $packages/apmatrix-kmod-*.rpm)
deb=$packages/apmatrix_${version}_s390x.deb
deb_dkms=$packages/apmatrix-dkms_${version}_all.deb
rpm=$packages/apmatrix-$version-1.s390x.rpm
rpm_dkms=$packages/apmatrix-dkms-$version-1.noarch.rpm

begin() { : >$ktap_said; test_begin "$1"; }
says() { "$@" >>$ktap_said 2>&1 || wrong "$*: status $?"; }

# same WHAT: are $work/want and $work/have the same?
same() { LC_ALL=C sort $work/want | diff - $work/have >>$ktap_said || wrong "$1 differ"; }

# tool_files ZSH: what the tool's package has
tool_files()
{
	echo usr/sbin/apmatrix
	(cd $TREE/cli && ls -- *.service *.timer) | sed 's,^,usr/lib/systemd/system/,'
	for page in $TREE/man/*.[1-8]; do
		echo "usr/share/man/man${page##*.}/${page##*/}.gz"
	done
	printf 'usr/share/apmatrix/%s\n' apmatrix-alerts.yml apmatrix-event.schema.json \
		apmatrix.schema.json
	echo usr/share/bash-completion/completions/apmatrix
	echo "usr/share/zsh/$1/_apmatrix"
}

source_files()
{
	(cd $TREE && find module dkms.conf -type f ! -name '*.o' ! -name '*.ko' ! -name '.*' \
		! -name '*.mod' ! -name '*.mod.c' ! -name Module.symvers ! -name modules.order) |
		sed "s,^,usr/src/$name-$version/,"
}

deb_files()
{
	dpkg-deb --fsys-tarfile "$1" | tar -t | grep -v '/$' | sed 's,^\./,,' | LC_ALL=C sort
}
rpm_files()
{
	rpm -qp --qf '[%{FILEMODES:perms} %{FILENAMES}\n]' "$1" | sed -n 's,^-[^ ]* /,,p' |
		LC_ALL=C sort
}

begin "deb: files of apmatrix"
{ tool_files vendor-completions; printf 'usr/share/doc/apmatrix/%s\n' changelog.gz copyright
  echo usr/share/lintian/overrides/apmatrix; } >$work/want
deb_files $deb >$work/have
same files
test_end

begin "deb: files of apmatrix-dkms"
{ source_files; printf 'usr/share/doc/apmatrix-dkms/%s\n' changelog.gz copyright
  echo usr/share/lintian/overrides/apmatrix-dkms; } >$work/want
deb_files $deb_dkms >$work/have
same files
test_end

begin "deb: the program is for s390x"
dpkg-deb -x $deb $work/tool
expect machine "IBM S/390" "$(s390x-linux-gnu-readelf -h $work/tool/usr/sbin/apmatrix |
	sed -n 's/^ *Machine: *//p')"
expect architecture s390x "$(dpkg-deb -f $deb Architecture)"
expect "architecture of dkms" all "$(dpkg-deb -f $deb_dkms Architecture)"
for library in libc6 libjansson4 libkmod2 libnl-3-200 libsysfs2 libuuid1; do
	dpkg-deb -f $deb Depends | grep -q "\<$library\>" || wrong "does not depend on $library"
done
dpkg-deb -f $deb_dkms Depends | grep -q '^dkms' || wrong "does not depend on dkms"
test_end

begin "deb: lintian is silent"
says lintian --allow-root --fail-on error,warning $deb $deb_dkms
grep '^[EWN]:' $ktap_said >$work/tags && wrong "$(wc -l <$work/tags) lines"
test_end

# A newer version of the same packages.
newer()
{
	for package in $deb $deb_dkms; do
		rm -rf $work/tree
		dpkg-deb -R $package $work/tree
		sed -i "s/\b$version\b/99.1/" $work/tree/DEBIAN/*
		[ $package = $deb ] || {
			mv $work/tree/usr/src/$name-$version $work/tree/usr/src/$name-99.1
			sed -i "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"99.1\"/" \
				$work/tree/usr/src/$name-99.1/dkms.conf
		}
		dpkg-deb -b $work/tree "$work/newer-$(dpkg-deb -f $package Package).deb"
	done >/dev/null
}

everything()
{
	find /etc /usr /opt /var/lib -xdev \( -path /var/lib/dpkg -o \
		-path '/var/lib/systemd/deb-systemd-*' \) -prune -o -print | LC_ALL=C sort
}

enabled()
{
	find /etc/systemd/system -name 'apmatrix-*' | sed 's,.*/,,' | LC_ALL=C sort | paste -sd ' '
}
# the tools are unpacked, not installed, so dpkg does not know dkms
install_deb() { says dpkg -i --force-depends "$@"; }

mkdir -p /etc/systemd/system /var/lib/dkms /etc/systemd/system/multi-user.target.wants
everything >$work/before
newer

begin "deb: installation enables apmatrix-restore.service alone, and dkms has the module"
install_deb $deb $deb_dkms
expect enabled apmatrix-restore.service "$(enabled)"
expect dkms "$name/$version: added" "$(dkms status)"
test_end

begin "deb: an upgrade leaves one version, and what the administrator disabled and wrote"
rm /etc/systemd/system/multi-user.target.wants/apmatrix-restore.service
mkdir -p /etc/apmatrix/matrices.d /etc/apmatrix/change /etc/mdevctl.d/matrix /run/apmatrix
echo '{}' >/etc/apmatrix/plan.json
# the tool writes these
echo left >/etc/apmatrix/change/41-ap.rules
echo recorded >/etc/apmatrix/master-keys
echo 'stock-module = refuse' >/etc/apmatrix.conf
install_deb $work/newer-apmatrix.deb $work/newer-apmatrix-dkms.deb
expect enabled "" "$(enabled)"
expect dkms "$name/99.1: added" "$(dkms status)"
expect sources "/usr/src/$name-99.1" "$(ls -d /usr/src/$name-*)"
test_end

begin "deb: the way back to the older version"
install_deb $deb $deb_dkms
expect dkms "$name/$version: added" "$(dkms status)"
expect sources "/usr/src/$name-$version" "$(ls -d /usr/src/$name-*)"
test_end

begin "deb: removal takes program, units, sources and dkms's tree"
says dpkg -r apmatrix apmatrix-dkms
for left in /usr/sbin/apmatrix /usr/src/$name-$version /var/lib/dkms/$name \
	/usr/lib/systemd/system/apmatrix-restore.service; do
	[ ! -e $left ] || wrong "left: $left"
done
test_end

begin "deb: purge leaves only what the administrator wrote"
says dpkg -P apmatrix apmatrix-dkms
{ cat $work/before; echo /etc/apmatrix; echo /etc/apmatrix/plan.json; echo /etc/apmatrix.conf
  printf '%s\n' /etc/mdevctl.d /etc/mdevctl.d/matrix; } >$work/want
everything >$work/have
same "files after purge"
[ ! -e /run/apmatrix ] || wrong "left: /run/apmatrix"
test_end
rm -rf /etc/apmatrix /etc/apmatrix.conf /etc/mdevctl.d

begin "rpm: files of apmatrix"
{ tool_files site-functions; echo usr/lib/systemd/system-preset/80-apmatrix.preset
  echo usr/share/licenses/apmatrix-$version/LICENSE; } >$work/want
rpm_files $rpm >$work/have
same files
test_end

begin "rpm: files of apmatrix-dkms"
{ source_files; echo usr/share/licenses/apmatrix-dkms-$version/LICENSE; } >$work/want
rpm_files $rpm_dkms >$work/have
same files
test_end

begin "rpm: the module for one kernel"
release=${kmod#*/apmatrix-kmod-}
release=${release%-"$version"-1.s390x.rpm}
expect modules "usr/lib/modules/$release/updates/apmatrix/vfio_ap.ko" \
	"$(rpm_files $kmod | grep 'vfio_ap\.ko$')"
(mkdir $work/kmod && cd $work/kmod && rpm2archive -n $kmod 2>/dev/null | tar -x)
module=$work/kmod/usr/lib/modules/$release/updates/apmatrix/vfio_ap.ko
expect version $version "$(modinfo -F version $module)"
expect vermagic "$release" "$(modinfo -F vermagic $module | cut -d ' ' -f 1)"
expect "calls of depmod" 2 "$(rpm -qp --scripts $kmod | grep -c "^	depmod -a $release ")"
expect provides yes "$(rpm -qp --provides $kmod | grep -q '^apmatrix-kmod = ' && echo yes)"
test_end

begin "rpm: rpmlint is silent"
says rpmlint -c $TREE/packaging/rpm/rpmlint.toml $rpm $rpm_dkms $kmod
grep -E ': [EW]: ' $ktap_said | grep -v '^(none)' >$work/tags && wrong "$(wc -l <$work/tags) lines"
test_end

# Scriptlets run here, with a systemctl that only writes down what it was asked.
# rpm gives them a /tmp of their own.
asked=/run/asked
printf '#!/bin/sh\necho "$*" >>%s\n' $asked >/usr/bin/systemctl
chmod +x /usr/bin/systemctl
touch $asked
# a distribution has these
mkdir -p /usr/share/licenses /usr/share/man/man4 /usr/share/man/man5 /usr/share/man/man8
everything | grep -v '^/var/lib/rpm\|^/usr/lib/sysimage' >$work/before

begin "rpm: installation asks the presets, and dkms has the module"
says rpm --ignorearch --nodeps -i $rpm $rpm_dkms
units="apmatrix-restore.service apmatrix-monitor.service apmatrix-metrics.timer"
expect systemctl "--no-reload preset $units" \
	"$(cat $asked)"
expect preset "enable apmatrix-restore.service" \
	"$(grep -v '^#' /usr/lib/systemd/system-preset/80-apmatrix.preset)"
expect dkms "$name/$version: added" "$(dkms status)"
test_end

# newer_rpm: the same files as another version, with the scriptlets of the spec file
newer_rpm()
{
	rm -rf $work/tree $work/new
	mkdir -p $work/tree $work/new
	for package in $rpm $rpm_dkms; do
		(cd $work/tree && rpm2archive -n $package 2>/dev/null | tar -x)
	done
	mv $work/tree/usr/src/$name-$version $work/tree/usr/src/$name-99.1
	sed -i "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"99.1\"/" $work/tree/usr/src/$name-99.1/dkms.conf
	rm -rf $work/tree/usr/share/licenses
	awk -v license=$TREE/LICENSE -v tree=$work/tree '
		/^%prep$/ { print; print "%setup -q -c -T"; print "cp " license " ."; skip = 1; next }
		/^%build$/ { skip = 1; next }
		/^%install$/ { print; print "mkdir -p %{buildroot}"; print "cp -a " tree "/. %{buildroot}/"
			       skip = 1; next }
		/^%/ && !/^%(autosetup|make_|\{)/ { skip = 0 }
		!skip' $TREE/packaging/rpm/apmatrix.spec >$work/newer.spec
	: >$work/new/apmatrix-99.1.tar.gz
	rpmbuild -bb --target s390x-linux --nodeps --define "_topdir $work/new" \
		--define "_sourcedir $work/new" --define "_rpmdir $work/new" \
		--define "apmatrix_version 99.1" --define "__strip /bin/true" \
		--define "debug_package %{nil}" $work/newer.spec >>$ktap_said 2>&1 || wrong "no newer package"
}

begin "rpm: an upgrade leaves one version, and what the administrator disabled and wrote"
newer_rpm
: >$asked
mkdir -p /etc/apmatrix/change /run/apmatrix
echo '{}' >/etc/apmatrix/plan.json
echo recorded >/etc/apmatrix/master-keys
says rpm --ignorearch --nodeps -U $work/new/*/apmatrix-*99.1-1.*.rpm
expect "units that were disabled, stopped or enabled" "" "$(grep -v daemon-reload $asked)"
expect dkms "$name/99.1: added" "$(dkms status)"
expect sources "/usr/src/$name-99.1" "$(ls -d /usr/src/$name-*)"
for kept in plan.json master-keys; do
	[ -e /etc/apmatrix/$kept ] || wrong "removed: $kept"
done
test_end

begin "rpm: the way back to the older version"
says rpm --ignorearch --nodeps --oldpackage -U $rpm $rpm_dkms
expect dkms "$name/$version: added" "$(dkms status)"
expect sources "/usr/src/$name-$version" "$(ls -d /usr/src/$name-*)"
test_end

begin "rpm: removal disables the units and leaves only what the administrator wrote"
: >$asked
says rpm -e apmatrix apmatrix-dkms
expect "disabled" "apmatrix-restore.service" \
	"$(sed -n 's/^--no-reload disable \(apmatrix-restore.*\)/\1/p' $asked)"
{ cat $work/before; printf '%s\n' /etc/apmatrix /etc/apmatrix/plan.json; } >$work/want
everything | grep -v '^/var/lib/rpm\|^/usr/lib/sysimage' >$work/have
same "files after removal"
[ ! -e /run/apmatrix ] || wrong "left: /run/apmatrix"
test_end

ktap_end
