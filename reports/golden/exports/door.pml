/*
 * Model door: a door with a lock and an alarm.
 * Written by underwatch 0.0.0, which learned it by running the model's own functions.
 *
 *   defences off   steel
 *   capabilities   hands, pick
 *   parameters     {"lock":true}
 *
 * Reachable: 4 states, 3 transitions, depth 3; 1 initial state.
 * A transition is an instance of an action that can happen in a state, whether or not it changes it.
 *
 * Invariants, as underwatch decides them:
 *   shut: broken in 2 states
 *   unnoticed: holds
 *   opens (sometimes): shown in 2 states
 *   bell: holds
 *   quiet (sometimes): shown in 1 state
 *
 * To count, breadth first or depth first (with FILE for this file):
 *   spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE -DBFS -o pan pan.c && ./pan
 *   spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m14
 * (-o2 keeps variables in the state that nothing reads.)
 * Spin then reports 4 states stored and 4 transitions: one transition more, for the initial state.
 *
 * To check the invariants, all or one, generate with `spin -o2 -DCHECK -a FILE` or `spin -o2 -DCHECK_name -a FILE`.
 * An assertion of that name fails in each state that breaks the invariant (`-DSHOW_name`: that shows the
 * `sometimes`); with `./pan -c0` Spin goes on, and counts such states as errors, and one transition for each.
 */

/*
 * These never change:
 *   lock.set = true
 *   alarm.on = true
 */

/* lock.picked: 0 = false, 1 = true */
bit s_lock_picked;
/* alarm.rings: 0 = false, 1 = true */
bit s_alarm_rings;
/* open: 0 = false, 1 = true */
bit s_open;

/* Never assigned: an assertion of one of these fails wherever it is made. */
#if defined(CHECK) || defined(CHECK_shut)
bit holds_shut;
#endif
#if defined(CHECK) || defined(CHECK_unnoticed)
bit holds_unnoticed;
#endif
#if defined(SHOW_opens)
bit unseen_opens;
#endif
#if defined(CHECK) || defined(CHECK_bell)
bit holds_bell;
#endif
#if defined(SHOW_quiet)
bit unseen_quiet;
#endif

active proctype system()
{
end:
  do

  /* pick: burglar picks the lock */
  :: d_step {
    (s_lock_picked == 0) ->
    s_lock_picked = 1;
  }

  /* push: burglar pushes the door */
  :: d_step {
    (s_open == 0 && s_lock_picked == 1) ->
    s_open = 1;
  }

  /* ring: alarm rings */
  :: d_step {
    (s_open == 1 && s_alarm_rings == 0) ->
    s_alarm_rings = 1;
  }

#if defined(CHECK) || defined(CHECK_shut)
  /* shut: The door is never open. */
  :: d_step { !(s_open == 0) ->
    assert(holds_shut) }
#endif

#if defined(CHECK) || defined(CHECK_unnoticed)
  /* unnoticed: An open door has an alarm that is on. */
  :: d_step { !(true) ->
    assert(holds_unnoticed) }
#endif

#if defined(SHOW_opens)
  /* opens: The door can be opened. */
  :: d_step { (s_open == 1) ->
    assert(unseen_opens) }
#endif

#if defined(CHECK) || defined(CHECK_bell)
  /* bell: A bell that rings belongs to an open door. */
  :: d_step { !(s_alarm_rings == 0 || s_open == 1) ->
    assert(holds_bell) }
#endif

#if defined(SHOW_quiet)
  /* quiet: The alarm can ring. */
  :: d_step { (s_alarm_rings == 1) ->
    assert(unseen_quiet) }
#endif
  od
}
