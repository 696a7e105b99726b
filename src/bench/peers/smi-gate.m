-- The reference model of src/testing/models/smi-gate.ts, by hand, as one would write it for Murphi (Rumur).
--
-- Size, by the constants below: C cores, K pending requests, N nonces, LOCK (1: SMI_LOCK is set),
-- CHECK (2: the handler reads ALT_GP_SMI_STS, 1: it does not). Murphi has no way to set a constant
-- from outside, so whoever wants another size writes another number there.
--
-- One rule for each action, one ruleset for those that a core or a choice has several instances of.
-- Cores are a range, not a scalarset: they are to be counted one by one. Every guard makes sure that
-- its rule changes the state.

const
  C: 2;
  K: 2;
  N: 2;
  LOCK: 1;
  CHECK: 2;

type
  core: 1 .. C;
  mode: enum { guest, host, smm };
  route: enum { to_none, to_sci, to_smi };
  hiding: enum { sound, compromised, scrubbed };
  stage: enum { at_idle, at_check, at_measure, at_report, at_exit, at_resume };
  reading: enum { none, clean, dirty };
  verdict: enum { idle, waiting, accepted, alarm, fooled };
  count: 0 .. N;

var
  gblEn: boolean;
  apmcEn: boolean;
  altEn: boolean;
  lock: boolean;
  rout: route;
  gpi: boolean;
  apm: boolean;
  per: boolean;
  tco: boolean;
  alt: boolean;
  cores: array [core] of mode;
  hyper: hiding;
  phase: stage;
  pending: 0 .. K;
  outst: boolean;
  val: reading;
  nonce: count;
  taint: boolean;
  savedNonce: count;
  savedTaint: boolean;
  ver: verdict;
  verNonce: count;

function smi(): boolean;
begin
  return gblEn & (gpi | (apm & apmcEn) | per | tco);
end;

function free(): boolean;
begin
  return (phase = at_idle | phase = at_resume) & !smi();
end;

function acts(): boolean;
begin
  return hyper != sound & free() & exists c: core do cores[c] = host end;
end;

startstate begin
  gblEn := true;
  apmcEn := true;
  altEn := true;
  lock := LOCK = 1;
  rout := to_smi;
  gpi := false;
  apm := false;
  per := false;
  tco := false;
  alt := false;
  for c: core do cores[c] := guest; end;
  hyper := sound;
  phase := at_idle;
  pending := 0;
  outst := false;
  val := none;
  nonce := 0;
  taint := false;
  savedNonce := 0;
  savedTaint := false;
  ver := idle;
  verNonce := 0;
end;

-- timer, verifier and BMC

rule "periodic" !per ==> begin
  per := true;
end;

rule "request" (ver = idle | ver = waiting) & verNonce < N & pending < K ==> begin
  verNonce := verNonce + 1;
  pending := pending + 1;
  ver := waiting;
end;

rule "assert" pending > 0 & !outst ==> begin
  pending := pending - 1;
  outst := true;
  if rout = to_smi & altEn then
    gpi := true;
    alt := true;
  end;
end;

rule "verify" ver = waiting & val != none ==> begin
  if nonce != verNonce then
    val := none;
    nonce := 0;
    taint := false;
  elsif val = dirty then
    ver := alarm;
  elsif taint then
    ver := fooled;
  else
    ver := accepted;
  end;
end;

rule "ack" ver = accepted ==> begin
  ver := idle;
end;

rule "timeout" ver = waiting & outst ==> begin
  ver := alarm;
  outst := false;
end;

-- what each core does

ruleset c: core do
  rule "vmexit" cores[c] = guest & free() ==> begin
    cores[c] := host;
  end;

  rule "vmentry" cores[c] = host & free() ==> begin
    cores[c] := guest;
  end;

  rule "compromise" cores[c] = guest & hyper = sound & free() ==> begin
    cores[c] := host;
    hyper := compromised;
  end;

  rule "enter" phase = at_idle & cores[c] != smm & smi() ==> begin
    cores[c] := smm;
  end;

  rule "rsm" phase = at_resume & cores[c] = smm ==> begin
    cores[c] := host;
  end;
end;

-- the SMI handler

rule "start" phase = at_idle & forall c: core do cores[c] = smm end ==> begin
  phase := at_check;
end;

rule "check" phase = at_check ==> begin
  if gpi & !apm & !per & !tco & (CHECK < 2 | alt) then
    phase := at_measure;
  else
    phase := at_exit;
  end;
end;

rule "measure" phase = at_measure ==> begin
  if hyper = compromised then
    val := dirty;
  else
    val := clean;
  end;
  nonce := verNonce;
  taint := hyper = scrubbed;
  phase := at_report;
end;

rule "report" phase = at_report ==> begin
  outst := false;
  phase := at_exit;
end;

rule "exit" phase = at_exit ==> begin
  gpi := false;
  apm := false;
  per := false;
  tco := false;
  alt := false;
  phase := at_resume;
end;

rule "done" phase = at_resume & forall c: core do cores[c] != smm end ==> begin
  phase := at_idle;
end;

-- the compromised hypervisor

ruleset r: route do
  rule "route" rout != r & acts() ==> begin
    rout := r;
  end;
end;

rule "altEn" acts() ==> begin
  altEn := !altEn;
end;

rule "apmcEn" acts() ==> begin
  apmcEn := !apmcEn;
end;

rule "gblEn" !lock & acts() ==> begin
  gblEn := !gblEn;
end;

rule "lock" !lock & acts() ==> begin
  lock := true;
end;

rule "clear gpi" gpi & acts() ==> begin
  gpi := false;
end;

rule "clear apm" apm & acts() ==> begin
  apm := false;
end;

rule "clear per" per & acts() ==> begin
  per := false;
end;

rule "clear tco" tco & acts() ==> begin
  tco := false;
end;

rule "clear alt" alt & acts() ==> begin
  alt := false;
end;

rule "set apm" !apm & acts() ==> begin
  apm := true;
end;

rule "spoof" rout = to_smi & !gpi & acts() ==> begin
  gpi := true;
end;

rule "set tco" !tco & acts() ==> begin
  tco := true;
end;

rule "scrub" hyper = compromised & outst & acts() ==> begin
  hyper := scrubbed;
end;

rule "unscrub" hyper = scrubbed & acts() ==> begin
  hyper := compromised;
end;

rule "save" val = clean & nonce > 0 & (savedNonce != nonce | savedTaint != taint) & acts() ==> begin
  savedNonce := nonce;
  savedTaint := taint;
end;

rule "replay" savedNonce > 0 & (val != clean | nonce != savedNonce | taint != savedTaint) & acts() ==> begin
  val := clean;
  nonce := savedNonce;
  taint := savedTaint;
end;

rule "drop" val != none & acts() ==> begin
  val := none;
  nonce := 0;
  taint := false;
end;

invariant "never fooled" ver != fooled;
