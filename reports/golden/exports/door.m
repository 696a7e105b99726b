-- Model door: a door with a lock and an alarm.
-- Written by underwatch 0.0.0, which learned it by running the model's own functions.
--
--   defences off   steel
--   capabilities   hands, pick
--   parameters     {"lock":true}
--
-- Reachable: 4 states, 3 transitions, depth 3; 1 initial state.
-- A transition is an instance of an action that can happen in a state, whether or not it changes it.
--
-- Invariants, as underwatch decides them:
--   shut: broken in 2 states
--   unnoticed: holds
--   opens (sometimes): shown in 2 states
--   bell: holds
--   quiet (sometimes): shown in 1 state
--
-- To count and check (with FILE for this file):
--   rumur --deadlock-detection off --output model.c FILE && gcc -O2 -mcx16 -o model model.c -lpthread && ./model
-- Rumur then reports 4 states and 3 rules fired, unless an invariant is broken: it ends at
-- the first state that breaks one. To count all states even so, write `cover` for `invariant`: Rumur then counts
-- the states that keep it.
-- A `sometimes` is a `cover`, whose witnesses are counted; Rumur reports one without witnesses as an error.

-- These never change:
--   lock.set = true
--   alarm.on = true

var
  -- lock.picked: 0 = false, 1 = true
  s_lock_picked: 0..1;
  -- alarm.rings: 0 = false, 1 = true
  s_alarm_rings: 0..1;
  -- open: 0 = false, 1 = true
  s_open: 0..1;

startstate "initial 0"
begin
  s_lock_picked := 0;
  s_alarm_rings := 0;
  s_open := 0;
end;

-- burglar picks the lock
rule "pick"
  s_lock_picked = 0
==>
begin
  s_lock_picked := 1;
end;

-- burglar pushes the door
rule "push"
  s_open = 0 & s_lock_picked = 1
==>
begin
  s_open := 1;
end;

-- alarm rings
rule "ring"
  s_open = 1 & s_alarm_rings = 0
==>
begin
  s_alarm_rings := 1;
end;

-- The door is never open.
invariant "shut"
  s_open = 0;

-- An open door has an alarm that is on.
invariant "unnoticed"
  true;

-- The door can be opened.
cover "opens"
  s_open = 1;

-- A bell that rings belongs to an open door.
invariant "bell"
  s_alarm_rings = 0 | s_open = 1;

-- The alarm can ring.
cover "quiet"
  s_alarm_rings = 1;
