/*
 * The reference model of src/testing/models/smi-gate.ts, by hand, as one would write it for Spin.
 *
 * Size, by -D: C cores, K pending requests, N nonces, LOCK (SMI_LOCK is set), CHECK (2: the handler
 * reads ALT_GP_SMI_STS, 1: it does not).
 *
 * One process, one loop, one d_step for each action instance, its guard first: a pass through the loop
 * is one transition, and nothing is stored between. Every field has as many bits as it needs, so that
 * the state vector is short. A core has no identity that an option could choose without a state of
 * its own, hence the options of each core are spelled out, by the preprocessor.
 *
 * Spin counts one transition more than there are: the initial state.
 */
#ifndef C
#define C 2
#define K 2
#define N 2
#define LOCK 1
#define CHECK 2
#endif

#define GUEST 0
#define HOST 1
#define SMM 2

#define NONE 0
#define SCI 1
#define SMI 2

#define CLEAN 1
#define DIRTY 2

#define SOUND 0
#define COMPROMISED 1
#define SCRUBBED 2

#define AT_IDLE 0
#define AT_CHECK 1
#define AT_MEASURE 2
#define AT_REPORT 3
#define AT_EXIT 4
#define AT_RESUME 5

#define IDLE 0
#define WAITING 1
#define ACCEPTED 2
#define ALARM 3

/* The chipset: enables, routing, lock, latched status. */
unsigned gblEn : 1 = 1;
unsigned apmcEn : 1 = 1;
unsigned altEn : 1 = 1;
unsigned lock : 1 = LOCK;
unsigned rout : 2 = SMI;
unsigned gpi : 1;
unsigned apm : 1;
unsigned per : 1;
unsigned tco : 1;
unsigned alt : 1;

unsigned m0 : 2;
#if C > 1
unsigned m1 : 2;
#endif
#if C > 2
unsigned m2 : 2;
#endif
#if C > 3
unsigned m3 : 2;
#endif
#if C > 4
unsigned m4 : 2;
#endif
#if C > 5
unsigned m5 : 2;
#endif
#if C > 6
unsigned m6 : 2;
#endif
#if C > 7
unsigned m7 : 2;
#endif

unsigned hyper : 2;
unsigned phase : 3;
unsigned pending : 2;
unsigned outst : 1;
unsigned val : 2;
unsigned nonce : 3;
unsigned taint : 1;
unsigned savedNonce : 3;
unsigned savedTaint : 1;
unsigned ver : 2;
unsigned verNonce : 3;

#if C == 1
#define SOME(x) (m0 == x)
#define EVERY(x) (m0 == x)
#define NO(x) (m0 != x)
#elif C == 2
#define SOME(x) (m0 == x || m1 == x)
#define EVERY(x) (m0 == x && m1 == x)
#define NO(x) (m0 != x && m1 != x)
#elif C == 3
#define SOME(x) (m0 == x || m1 == x || m2 == x)
#define EVERY(x) (m0 == x && m1 == x && m2 == x)
#define NO(x) (m0 != x && m1 != x && m2 != x)
#elif C == 4
#define SOME(x) (m0 == x || m1 == x || m2 == x || m3 == x)
#define EVERY(x) (m0 == x && m1 == x && m2 == x && m3 == x)
#define NO(x) (m0 != x && m1 != x && m2 != x && m3 != x)
#elif C == 5
#define SOME(x) (m0 == x || m1 == x || m2 == x || m3 == x || m4 == x)
#define EVERY(x) (m0 == x && m1 == x && m2 == x && m3 == x && m4 == x)
#define NO(x) (m0 != x && m1 != x && m2 != x && m3 != x && m4 != x)
#elif C == 6
#define SOME(x) (m0 == x || m1 == x || m2 == x || m3 == x || m4 == x || m5 == x)
#define EVERY(x) (m0 == x && m1 == x && m2 == x && m3 == x && m4 == x && m5 == x)
#define NO(x) (m0 != x && m1 != x && m2 != x && m3 != x && m4 != x && m5 != x)
#elif C == 8
#define SOME(x) (m0 == x || m1 == x || m2 == x || m3 == x || m4 == x || m5 == x || m6 == x || m7 == x)
#define EVERY(x) (m0 == x && m1 == x && m2 == x && m3 == x && m4 == x && m5 == x && m6 == x && m7 == x)
#define NO(x) (m0 != x && m1 != x && m2 != x && m3 != x && m4 != x && m5 != x && m6 != x && m7 != x)
#endif

#define PENDING_SMI (gblEn && (gpi || (apm && apmcEn) || per || tco))
#define FREE ((phase == AT_IDLE || phase == AT_RESUME) && !PENDING_SMI)
#define ACTS (hyper != SOUND && FREE && SOME(HOST))

/* The five actions of one core: VM exit, VM entry, compromise, entry to SMM, RSM. */
#define CORE(m) \
  :: d_step { FREE && m == GUEST -> m = HOST } \
  :: d_step { FREE && m == HOST -> m = GUEST } \
  :: d_step { FREE && m == GUEST && hyper == SOUND -> m = HOST; hyper = COMPROMISED } \
  :: d_step { phase == AT_IDLE && PENDING_SMI && m != SMM -> m = SMM } \
  :: d_step { phase == AT_RESUME && m == SMM -> m = HOST }

init {
  do
  /* timer, verifier and BMC */
  :: d_step { !per -> per = 1 }
  :: d_step { (ver == IDLE || ver == WAITING) && verNonce < N && pending < K ->
       verNonce++; pending++; ver = WAITING }
  :: d_step { pending > 0 && !outst ->
       pending--; outst = 1;
       if
       :: rout == SMI && altEn -> gpi = 1; alt = 1
       :: else
       fi }
  :: d_step { ver == WAITING && val != NONE ->
       if
       :: nonce != verNonce -> val = NONE; nonce = 0; taint = 0
       :: nonce == verNonce && val == DIRTY -> ver = ALARM
       :: else -> assert(!taint); /* a scrubbed hypervisor accepted as clean: the verifier is fooled */
          ver = ACCEPTED
       fi }
  :: d_step { ver == ACCEPTED -> ver = IDLE }
  :: d_step { ver == WAITING && outst -> ver = ALARM; outst = 0 }

  CORE(m0)
#if C > 1
  CORE(m1)
#endif
#if C > 2
  CORE(m2)
#endif
#if C > 3
  CORE(m3)
#endif
#if C > 4
  CORE(m4)
#endif
#if C > 5
  CORE(m5)
#endif
#if C > 6
  CORE(m6)
#endif
#if C > 7
  CORE(m7)
#endif

  /* the SMI handler */
  :: d_step { phase == AT_IDLE && EVERY(SMM) -> phase = AT_CHECK }
  :: d_step { phase == AT_CHECK ->
       if
       :: gpi && !apm && !per && !tco && (CHECK < 2 || alt) -> phase = AT_MEASURE
       :: else -> phase = AT_EXIT
       fi }
  :: d_step { phase == AT_MEASURE ->
       val = (hyper == COMPROMISED -> DIRTY : CLEAN);
       nonce = verNonce;
       taint = (hyper == SCRUBBED);
       phase = AT_REPORT }
  :: d_step { phase == AT_REPORT -> outst = 0; phase = AT_EXIT }
  :: d_step { phase == AT_EXIT -> gpi = 0; apm = 0; per = 0; tco = 0; alt = 0; phase = AT_RESUME }
  :: d_step { phase == AT_RESUME && NO(SMM) -> phase = AT_IDLE }

  /* the compromised hypervisor */
  :: d_step { ACTS && rout != NONE -> rout = NONE }
  :: d_step { ACTS && rout != SCI -> rout = SCI }
  :: d_step { ACTS && rout != SMI -> rout = SMI }
  :: d_step { ACTS -> altEn = !altEn }
  :: d_step { ACTS -> apmcEn = !apmcEn }
  :: d_step { ACTS && !lock -> gblEn = !gblEn }
  :: d_step { ACTS && !lock -> lock = 1 }
  :: d_step { ACTS && gpi -> gpi = 0 }
  :: d_step { ACTS && apm -> apm = 0 }
  :: d_step { ACTS && per -> per = 0 }
  :: d_step { ACTS && tco -> tco = 0 }
  :: d_step { ACTS && alt -> alt = 0 }
  :: d_step { ACTS && !apm -> apm = 1 }
  :: d_step { ACTS && rout == SMI && !gpi -> gpi = 1 }
  :: d_step { ACTS && !tco -> tco = 1 }
  :: d_step { ACTS && hyper == COMPROMISED && outst -> hyper = SCRUBBED }
  :: d_step { ACTS && hyper == SCRUBBED -> hyper = COMPROMISED }
  :: d_step { ACTS && val == CLEAN && nonce > 0 && (savedNonce != nonce || savedTaint != taint) ->
       savedNonce = nonce; savedTaint = taint }
  :: d_step { ACTS && savedNonce > 0 && (val != CLEAN || nonce != savedNonce || taint != savedTaint) ->
       val = CLEAN; nonce = savedNonce; taint = savedTaint }
  :: d_step { ACTS && val != NONE -> val = NONE; nonce = 0; taint = 0 }
  od
}
