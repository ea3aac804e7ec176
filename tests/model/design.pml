/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The design of the module as a model for Spin: two mdevs with a VM each, two queues, and
 * the host. Names are those of module/model/model.h; comments name the code.
 *
 * Queue 0 is assigned to mdev 1 and is reset at once: VM 1 has something to do while VM 0
 * stalls. Queue 1 moves between the guests, holds data, interrupts its guest, is reset by
 * it, is unbound and bound, is the host's for a time, and leaves the host's configuration.
 *
 * At any time, "stop" makes all processes end what they do and begin nothing new. So what
 * can get stuck is stuck in a state in which nothing else can happen. There Spin reports who
 * is not at a label end..., and monitor() looks at the resets. All other properties are
 * assertions where something happens.
 *
 * Each property has a broken design that violates it (-DBROKEN_name), which tests/model/run
 * wants to see refuted:
 *
 *   property sharing (GUESTS): a queue can be reached by one party at a time only
 *   property zeroize (GUESTS): nobody finds in a queue what somebody else left there
 *   property page (GUESTS): a page is unpinned only when interrupts into it are off
 *   property reset (HOST): every reset ends
 *   property deadlock (HOST): nobody waits for ever, but for a VM that stalls for ever
 *   property stranger (GUESTS): only what concerns a VM waits for it
 *   property scan (HOST): the AP bus's scan waits for no VM, not even through an unbind
 *
 * All of it at once has too many states, so it is explored in two parts: with -DPART_GUESTS
 * nobody binds or unbinds queues, writes apmask or changes the host's configuration; with
 * -DPART_HOST guests enable no interrupts and reset no queues, and nobody has queue 0.
 *
 * vap.lock is held for short times and nothing is waited for under it, so what is done
 * under it is one step. Who waits for the VM of an mdev can be killed: that VM 0 stalls
 * ends such a wait.
 */

#define Q		2	/* queues */
#define G		2	/* mdevs, each with its VM */
#define NONE		0	/* whose: nobody's, ... */
#define HOST		3	/* the host's, or g + 1 for the guest of mdev g */
#define X(g, q)		((g) * Q + (q))	/* a bit of the masks of mdev g */

/* enum vap_queue_state; enum vap_reset_phase, IDLE if there is no reset */
mtype = { UNKNOWN, CLEAN, USED, RESETTING, IN_PLACE, FAILED, IDLE, ZAPQ, WAIT };

/* locks, outermost first */
bit dev_lock;		/* the device lock of queue 1 */
bit perm_lock;		/* the AP bus's permission mutex */
bit update_lock[G];	/* mdev->update_lock */
bit kvm_lock[G];	/* kvm->lock */
bit vap_lock;		/* vap.lock */

/* what the module keeps */
bit assigned[G * Q];	/* mdev->assigned */
bit apcb[G * Q];	/* mdev->apcb */
bit attached[G];	/* mdev->attached */
bit marked[G];		/* mdev->done != mdev->wanted */
bit host[Q];		/* vap.host */
bit bound[Q];		/* the queue device is bound to us */
bit withdrawn[Q];	/* queue->withdrawn */
mtype state[Q];		/* queue->state */
mtype phase[Q];		/* queue->reset.phase */
byte guest[Q];		/* queue->guest */
byte aqic[Q];		/* queue->aqic */
byte pinned[Q];		/* queue->irq: whose page is pinned */

/* the machine */
bit vm[G * Q];		/* the APCB of each VM */
bit present[Q];		/* the host's configuration has the queue */
bit mask[Q];		/* apmask and aqmask make the queue the host's */
bit zcrypt[Q];		/* the queue device is bound to a driver of the host */
byte taint[Q];		/* whose data the queue may hold */
bit zapq[Q];		/* ZAPQ was accepted and is in progress */
byte notify[Q];		/* into whose page the hardware writes */
bit disabling[Q];	/* a disabling AQIC was accepted and is in progress */

/* the run */
bit stalled;		/* VM 0 keeps its kvm->lock for ever */
bit stop;		/* nothing new is begun */

#define lock(l)		atomic { !l -> l = 1 }
#define unlock(l)	l = 0
#define under_vap_lock	!vap_lock

/* Waits for something that the VM of mdev g may delay. */
#define wait_for(g, condition)	((condition) || (stalled && (g) == 0))
#define up_to_date(g)		(!marked[g] && !update_lock[g])

#define check_sharing(q) assert(vm[X(0, q)] + vm[X(1, q)] + zcrypt[q] <= 1)

/* A party sends a message through a queue. */
#define use(q, who)	check_sharing(q); assert(taint[q] == NONE || taint[q] == who); taint[q] = who

/* model/mdev.c: vap_mdev_mark() of the mdev that has the queue */
#define mark_owner(q)	marked[0] = marked[0] || assigned[X(0, q)] || apcb[X(0, q)]; \
			marked[1] = marked[1] || assigned[X(1, q)] || apcb[X(1, q)]

/* effects/reset.c: vap_reset_start(): a reset starts, or starts over */
#define reset_start(q, s) state[q] = s; phase[q] = ZAPQ

/* effects/interrupt.c: the page of an interrupt record goes back to its guest */
#define unpin(q)	assert(notify[q] == NONE); pinned[q] = NONE

/* broken designs */

#ifdef BROKEN_sharing	/* a queue is given away before the APCB without it is written */
#define give_away_early(g, q) apcb[X(g, q)] = 0; queue_has_left(g, q)
#else
#define give_away_early(g, q) skip
#endif

#ifdef BROKEN_zeroize	/* a reset counts that began while the guest still had the queue */
#define earlier_reset_counts(q) (state[q] == IN_PLACE)
#else
#define earlier_reset_counts(q) false
#endif

#ifdef BROKEN_page	/* an AQIC that was accepted is taken for done */
#define unpin_early(q)	unpin(q)
#else
#define unpin_early(q)	skip
#endif

#ifdef BROKEN_reset	/* a queue that comes back is thought to be in its reset still */
#define reset_returned(q) state[q] = RESETTING
#else
#define reset_returned(q) reset_start(q, RESETTING)
#endif

#ifdef BROKEN_deadlock	/* the order of the locks is not that of root() */
#define ASSIGN_LOCK	lock(vap_lock)
#define ASSIGN_LOCK_2	lock(perm_lock); unlock(vap_lock)
#else
#define ASSIGN_LOCK	lock(perm_lock)
#define ASSIGN_LOCK_2	skip
#endif

#ifdef BROKEN_stranger	/* a VM is waited for under vap.lock */
#define AFTER_UPDATE	unlock(vap_lock)
#define DECIDING	true
#else
#define AFTER_UPDATE	skip
#define DECIDING	under_vap_lock
#endif

#ifdef BROKEN_scan	/* an unbind goes on waiting though the host has lost the queue */
#define is_lost		false
#else
#define is_lost		!host[1]	/* events/ap_driver.c: is_lost() */
#endif

/* decision/update.c */

/* apm/filter.c, with the queue's reason; IN_PLACE waits for its reset at attach */
#define passes(g, q)	(attached[g] && assigned[X(g, q)] && host[q] && bound[q] && \
			 !withdrawn[q] && (guest[q] == NONE || guest[q] == g + 1) && \
			 (state[q] == CLEAN || state[q] == USED || state[q] == IN_PLACE))

#define decide(g, q) \
	next[q] = passes(g, q); \
	if \
	:: next[q] && !apcb[X(g, q)] -> guest[q] = g + 1; state[q] = USED \
	:: !next[q] && apcb[X(g, q)] -> give_away_early(g, q) \
	:: else \
	fi

#define write_apcb(g, q) \
	if \
	:: !next[q] && vm[X(g, q)] -> aqic[q] = NONE \
	:: next[q] && !vm[X(g, q)] -> aqic[q] = g + 1 \
	:: else \
	fi; \
	vm[X(g, q)] = next[q]; \
	check_sharing(q)

#define queue_has_left(g, q) \
	guest[q] = NONE; \
	if \
	:: !bound[q] || !host[q] -> state[q] = UNKNOWN; phase[q] = IDLE \
	:: else -> \
		if \
		:: earlier_reset_counts(q) -> state[q] = RESETTING \
		:: else -> reset_start(q, RESETTING) \
		fi \
	fi

#define settle(g, q) \
	if \
	:: !next[q] && apcb[X(g, q)] -> queue_has_left(g, q) \
	:: else \
	fi; \
	apcb[X(g, q)] = next[q]; \
	next[q] = 0

/* update_work_fn(): brings mdev g up to date. Its VM may make that wait, nobody else has to. */
proctype update_work(byte g)
{
	bit next[Q];

end:	do
#ifdef BROKEN_stranger	/* the VM is waited for under vap.lock */
	:: atomic { marked[g] && !vap_lock -> vap_lock = 1 };
end_kvm:	d_step {
#else
	:: d_step {
#endif
			marked[g] && !update_lock[g] && !kvm_lock[g] && DECIDING ->
			update_lock[g] = 1;
			kvm_lock[g] = 1;
			marked[g] = 0;
			decide(g, 0);
			decide(g, 1)
		};
		/* KVM takes the vCPUs out of SIE meanwhile */
		d_step {
			write_apcb(g, 0);
			write_apcb(g, 1);
			unlock(kvm_lock[g])
		};
		d_step {
			DECIDING ->
			settle(g, 0);
			settle(g, 1);
			unlock(update_lock[g])
		};
		AFTER_UPDATE
	od
}

/* A thread of the VMM of VM 0: it may keep kvm->lock for ever. */
proctype staller()
{
end:	d_step { !stop && !kvm_lock[0] -> kvm_lock[0] = 1; stalled = 1 }
}

/* events/assign.c: an administrator changes a matrix, and waits for its guest */
proctype admin()
{
	byte g;

end:	do
	:: atomic {
		if
		:: !stop -> g = 0
		:: !stop -> g = 1
		fi;
		ASSIGN_LOCK
		};
		ASSIGN_LOCK_2;
		d_step {
			under_vap_lock ->
			if
			:: !mask[1] && !zcrypt[1] && !assigned[X(1 - g, 1)] &&
			   !apcb[X(1 - g, 1)] && guest[1] != 2 - g ->
				assigned[X(g, 1)] = 1;
				marked[g] = 1
			:: else
			fi;
			unlock(perm_lock)
		};
		wait_for(g, up_to_date(g));
		g = 0
	:: atomic {
		if
		:: !stop && assigned[X(0, 1)] -> g = 0
		:: !stop && assigned[X(1, 1)] -> g = 1
		fi;
		under_vap_lock ->
		assigned[X(g, 1)] = 0;
		marked[g] = 1
		};
		wait_for(g, up_to_date(g));
		g = 0
	od
}

/* events/vm.c: the VM of mdev g, and its VMM */
proctype vm_of(byte g)
{
end:	do
	:: /* vap_vm_attach() */
		d_step {
			!stop && under_vap_lock && !attached[g] ->
			attached[g] = 1;
			marked[g] = 1
		};
		wait_for(g, up_to_date(g))
	:: /* a message */
		d_step { !stop && vm[X(g, 1)] && present[1] && !zapq[1] -> use(1, g + 1) }
#ifdef PART_GUESTS
	:: /* effects/interrupt.c: PQAP(AQIC) that enables */
		d_step {
			!stop && aqic[1] == g + 1 && present[1] && state[1] == USED &&
			pinned[1] == NONE ->
			pinned[1] = g + 1;
			notify[1] = g + 1
		}
	:: /* and one that disables */
		d_step {
			!stop && aqic[1] == g + 1 && state[1] == USED && notify[1] && !disabling[1] ->
			disabling[1] = 1;
			unpin_early(1)
		}
	:: /* vap_vm_reset(): the guest goes on meanwhile */
		d_step {
			!stop && under_vap_lock && guest[1] == g + 1 && host[1] && state[1] == USED ->
			reset_start(1, IN_PLACE)
		}
#endif
	:: /* vap_vm_detach() */
		d_step {
			!stop && under_vap_lock && attached[g] ->
			attached[g] = 0;
			marked[g] = 1
		};
		wait_for(g, up_to_date(g) && guest[0] != g + 1 && guest[1] != g + 1)
	od
}

/* events/veto.c: vap_mdev_has_any() of any mdev */
#define in_use(q)	(assigned[X(0, q)] || assigned[X(1, q)] || apcb[X(0, q)] || \
			 apcb[X(1, q)] || guest[q])

/* events/ap_driver.c: vap_ap_probe(); a queue that a VM still has is reset once it has left */
#define probe(q) \
	bound[q] = 1; \
	withdrawn[q] = 0; \
	if \
	:: guest[q] == NONE && host[q] -> reset_start(q, RESETTING) \
	:: else \
	fi; \
	mark_owner(q)

#define leave_place(q) \
	bound[q] = 0; \
	withdrawn[q] = 0; \
	state[q] = UNKNOWN; \
	phase[q] = IDLE

/* Root writes apmask, unbinds and binds. */
proctype root()
{
end:	do
	:: /* apmask: the queue is to be the host's, if events/veto.c does not object */
		atomic { !stop && !perm_lock -> perm_lock = 1 };
		d_step {
			under_vap_lock ->
			mask[1] = mask[1] || !in_use(1);
			unlock(perm_lock)
		}
	:: /* apmask: it is for guests again */
		d_step { !stop && !perm_lock && mask[1] -> mask[1] = 0; zcrypt[1] = 0 }
	:: /* a driver of the host uses it */
		d_step { !stop && zcrypt[1] && present[1] -> use(1, HOST) }
	:: /* bind */
		d_step {
			!stop && under_vap_lock && present[1] && !bound[1] && !zcrypt[1] && !mask[1] ->
			probe(1)
		}
	:: /* unbind: vap_ap_remove() returns when the queue is in no guest and reset */
		atomic {
			!stop && under_vap_lock && bound[1] && !dev_lock ->
			dev_lock = 1;
			withdrawn[1] = 1;
			mark_owner(1)
		};
		/* wait_until_clean() */
		if
		:: guest[1] == NONE && state[1] != RESETTING
		:: is_lost
		:: stalled && guest[1] == 1 ->
end_unbind:		is_lost
		fi;
		/* leave_place() */
		d_step {
			under_vap_lock ->
			leave_place(1);
			zcrypt[1] = mask[1] && present[1] && !taint[1];
			unlock(dev_lock)
		}
	od
}

/* events/host_config.c: the AP bus's scan, which never waits for a VM */
proctype scan()
{
end:	do
	:: /* the host loses queue 1 */
		d_step {
			!stop && present[1] ->
			present[1] = 0; zcrypt[1] = 0;
			zapq[1] = 0; disabling[1] = 0; notify[1] = NONE
		};
		/* vap_host_config_changed() */
		d_step { under_vap_lock -> host[1] = 0; mark_owner(1) };
		/* vap_ap_remove() of a device that is deleted does not wait */
		d_step {
			under_vap_lock && !dev_lock ->
			if
			:: bound[1] -> leave_place(1); unpin(1); mark_owner(1)
			:: else
			fi
		}
	:: /* and has it again: vap_ap_probe(), vap_host_scan_complete() */
		d_step { !stop && !present[1] -> present[1] = 1 };
		d_step {
			under_vap_lock && !dev_lock ->
			if
			:: !mask[1] && !bound[1] && !zcrypt[1] -> probe(1)
			:: else
			fi
		};
		d_step {
			under_vap_lock ->
			host[1] = 1;
			if
			:: bound[1] && guest[1] == NONE && state[1] == UNKNOWN -> reset_returned(1)
			:: else
			fi;
			mark_owner(1)
		}
	od
}

#define being_reset(q)	(state[q] == RESETTING || state[q] == IN_PLACE)

/* effects/reset.c: reset_work_fn() */
proctype reset_work()
{
end:	do
	:: d_step { under_vap_lock && phase[0] == ZAPQ -> phase[0] = IDLE; state[0] = CLEAN; mark_owner(0) }
	:: /* issue_zapq(), under queue->lock */
		d_step {
			phase[1] == ZAPQ && present[1] && !zapq[1] ->
			assert(bound[1] && !zcrypt[1] && (guest[1] || !(vm[X(0, 1)] || vm[X(1, 1)])));
			phase[1] = WAIT;
			zapq[1] = 1
		}
	:: /* poll_reset(): TAPQ says that it is complete */
		d_step {
			under_vap_lock && phase[1] == WAIT && present[1] && !zapq[1] ->
			phase[1] = IDLE;
			unpin(1);
			state[1] = (guest[1] -> USED : CLEAN);
			mark_owner(1)
		}
	:: /* or that the queue is not there: tried again later, or the guest keeps it */
		d_step {
			under_vap_lock && phase[1] != IDLE && !present[1] && state[1] != FAILED ->
			if
			:: guest[1] -> phase[1] = IDLE; state[1] = USED
			:: else -> phase[1] = ZAPQ; state[1] = FAILED
			fi;
			mark_owner(1)
		}
	od
}

/* effects/interrupt.c: unpins what is seen to be off */
proctype irq_work()
{
end:	do
	:: d_step { pinned[1] && notify[1] == NONE -> unpin(1) }
	od
}

/* The hardware takes its time. */
proctype hardware()
{
end:	do
	:: d_step { zapq[1] -> zapq[1] = 0; taint[1] = NONE; disabling[1] = 0; notify[1] = NONE }
	:: d_step { disabling[1] -> disabling[1] = 0; notify[1] = NONE }
	od
}

proctype stopper()
{
	stop = 1
}

/* Nothing can happen any more. */
proctype monitor()
{
	timeout ->
	assert(!being_reset(0) && !being_reset(1))
}

init {
	d_step {
		state[0] = CLEAN; phase[0] = IDLE; bound[0] = 1; host[0] = 1; present[0] = 1;
#ifdef PART_GUESTS
		assigned[X(1, 0)] = 1;
#endif
		state[1] = CLEAN; phase[1] = IDLE; bound[1] = 1; host[1] = 1; present[1] = 1
	};
	atomic {
		run update_work(0); run update_work(1);
		run vm_of(0); run vm_of(1);
#ifdef PART_HOST
		run root(); run scan();
#endif
		run admin(); run staller();
		run reset_work(); run irq_work(); run hardware();
		run stopper(); run monitor()
	}
}
