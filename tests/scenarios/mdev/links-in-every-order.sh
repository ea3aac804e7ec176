# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-3 part-5 C1 I14"
DESCRIPTION="keep the link between queue and mdev correct through each event in each state"
REQUIRES="module"

free_for_guests 5
bound=1 mdev='' adapter='' domain=''
toggle() {
	case $1 in
	b) # the queue is bound or unbound
		if [ $bound ]; then unbind 05.0004; else bind 05.0004; fi
		if [ $bound ]; then bound=''; else bound=1; fi ;;
	m) # the mdev comes or goes, with whatever it has
		if [ $mdev ]; then mdev_remove; else mdev_create; fi
		if [ $mdev ]; then mdev=''; else mdev=1; fi
		adapter='' domain='' ;;
	a)
		if [ $adapter ]; then unassign $U1 adapter 5; else assign $U1 adapter 5; fi
		if [ $adapter ]; then adapter=''; else adapter=1; fi ;;
	d)
		if [ $domain ]; then unassign $U1 domain 4; else assign $U1 domain 4; fi
		if [ $domain ]; then domain=''; else domain=1; fi ;;
	esac
}
wanted_status() {
	if [ ! $bound ]; then
		echo "no driver"
	elif [ $adapter ] && [ $domain ]; then
		echo assigned
	else
		echo unassigned
	fi
}
seen_status() {
	if [ -e $BUS/devices/05.0004/status ]; then
		status_of 05.0004
	else
		echo "no driver"
	fi
}
note "each of the ten states, each of its two to four events, in one walk"
walked=
for event in b m b d d b m b m a a m m d m m d b m m d b a d d b m m a a d a a d a b b d d m m d \
	a b a a m m a m; do
	walked=$walked$event
	toggle $event
	expect "after $walked" "$(wanted_status)" "$(seen_status)"
	[ ! $bound ] || [ ! $adapter ] || [ ! $domain ] || settle "guest_matrix" 05.0004 guest_matrix
done
