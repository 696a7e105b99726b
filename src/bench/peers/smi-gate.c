// The reference model of src/testing/models/smi-gate.ts, written by hand in C: what all other searches are held against.
//
// Size, by macros: C cores (up to 14), K pending requests, N nonces (up to 7 each), LOCK (1: SMI_LOCK is set), CHECK (2: the
// handler reads ALT_GP_SMI_STS, 1: it does not). A state is one word, and what can happen is told by masks of it. Every
// rule changes the state. Breadth first, with a link from each state to the one it was found from.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef uint64_t State;

// Where each field begins: flags, then numbers of two or three bits, then two bits for each core.
enum {
  GBL_EN, APMC_EN, ALT_EN, LOCKED, GPI, APM, PER, TCO, ALT, OUTST, TAINT, SAVED_TAINT,
  ROUT = 12, HYPER = 14, VAL = 16, HANDLER = 18, PENDING = 21, NONCE = 24, SAVED_NONCE = 27, VERDICT = 30,
  VER_NONCE = 33, CORES = 36
};
enum { TO_NONE, TO_SCI, TO_SMI };
enum { SOUND, COMPROMISED, SCRUBBED };
enum { NONE, CLEAN, DIRTY };
enum { AT_IDLE, AT_CHECK, AT_MEASURE, AT_REPORT, AT_EXIT, AT_RESUME };
enum { IDLE, WAITING, ACCEPTED, ALARM, FOOLED };
enum { GUEST, HOST, SMM };

#define BIT(at) ((State)1 << (at))
#define TWO(s, at) ((unsigned)((s) >> (at) & 3))
#define THREE(s, at) ((unsigned)((s) >> (at) & 7))
#define SET2(s, at, value) (((s) & ~((State)3 << (at))) | (State)(value) << (at))
#define SET3(s, at, value) (((s) & ~((State)7 << (at))) | (State)(value) << (at))

#define STATUS (BIT(GPI) | BIT(APM) | BIT(PER) | BIT(TCO) | BIT(ALT))
#define EVERY_CORE ((BIT(2 * C) - 1) / 3)
#define HOSTS (EVERY_CORE << CORES)
#define IN_SMM (EVERY_CORE << (CORES + 1))

static bool smi(State s) {
  return s & BIT(GBL_EN) && (s & (BIT(GPI) | BIT(PER) | BIT(TCO)) || (~s & (BIT(APM) | BIT(APMC_EN))) == 0);
}

static State with_result(State s, unsigned val, unsigned nonce, bool taint) {
  s = SET3(SET2(s, VAL, val), NONCE, nonce) & ~BIT(TAINT);
  return taint ? s | BIT(TAINT) : s;
}

/** Where the rules put what they lead to; never more than this at once. */
static State next[64];

#define FIRE(condition, after) \
  if (condition) next[count++] = (after)

/** What can happen in `s`; how much that is. */
static unsigned fire(State s) {
  unsigned count = 0;
  const unsigned verdict = THREE(s, VERDICT), handler = THREE(s, HANDLER), hyper = TWO(s, HYPER);
  const unsigned val = TWO(s, VAL), nonce = THREE(s, NONCE), pending = THREE(s, PENDING);
  const unsigned asked = THREE(s, VER_NONCE), saved = THREE(s, SAVED_NONCE), rout = TWO(s, ROUT);
  const bool raised = smi(s), taint = s & BIT(TAINT), outst = s & BIT(OUTST), kept = s & BIT(SAVED_TAINT);
  const bool is_free = (handler == AT_IDLE || handler == AT_RESUME) && !raised;

  FIRE(~s & BIT(PER), s | BIT(PER));
  FIRE((verdict == IDLE || verdict == WAITING) && asked < N && pending < K,
       SET3(SET3(SET3(s, VER_NONCE, asked + 1), PENDING, pending + 1), VERDICT, WAITING));
  FIRE(pending > 0 && !outst, SET3(s, PENDING, pending - 1) | BIT(OUTST) |
                                  (rout == TO_SMI && s & BIT(ALT_EN) ? BIT(GPI) | BIT(ALT) : 0));
  if (verdict == WAITING && val != NONE) {
    if (nonce != asked) next[count++] = with_result(s, NONE, 0, false);
    else next[count++] = SET3(s, VERDICT, val == DIRTY ? ALARM : taint ? FOOLED : ACCEPTED);
  }
  FIRE(verdict == ACCEPTED, SET3(s, VERDICT, IDLE));
  FIRE(verdict == WAITING && outst, SET3(s, VERDICT, ALARM) & ~BIT(OUTST));

  for (int core = CORES; core < CORES + 2 * C; core += 2) {
    const unsigned mode = TWO(s, core);
    FIRE(mode == GUEST && is_free, SET2(s, core, HOST));
    FIRE(mode == HOST && is_free, SET2(s, core, GUEST));
    FIRE(mode == GUEST && hyper == SOUND && is_free, SET2(SET2(s, core, HOST), HYPER, COMPROMISED));
    FIRE(handler == AT_IDLE && mode != SMM && raised, SET2(s, core, SMM));
    FIRE(handler == AT_RESUME && mode == SMM, SET2(s, core, HOST));
  }

  FIRE(handler == AT_IDLE && (s & IN_SMM) == IN_SMM, SET3(s, HANDLER, AT_CHECK));
  FIRE(handler == AT_CHECK,
       SET3(s, HANDLER,
            s & BIT(GPI) && !(s & (BIT(APM) | BIT(PER) | BIT(TCO))) && (CHECK < 2 || s & BIT(ALT))
                ? AT_MEASURE : AT_EXIT));
  FIRE(handler == AT_MEASURE, SET3(with_result(s, hyper == COMPROMISED ? DIRTY : CLEAN, asked, hyper == SCRUBBED),
                                   HANDLER, AT_REPORT));
  FIRE(handler == AT_REPORT, SET3(s, HANDLER, AT_EXIT) & ~BIT(OUTST));
  FIRE(handler == AT_EXIT, SET3(s, HANDLER, AT_RESUME) & ~STATUS);
  FIRE(handler == AT_RESUME && !(s & IN_SMM), SET3(s, HANDLER, AT_IDLE));

  if (hyper == SOUND || !is_free || !(s & HOSTS)) return count;
  for (unsigned to = TO_NONE; to <= TO_SMI; to += 1) FIRE(rout != to, SET2(s, ROUT, to));
  next[count++] = s ^ BIT(ALT_EN);
  next[count++] = s ^ BIT(APMC_EN);
  FIRE(~s & BIT(LOCKED), s ^ BIT(GBL_EN));
  FIRE(~s & BIT(LOCKED), s | BIT(LOCKED));
  for (int status = GPI; status <= ALT; status += 1) FIRE(s & BIT(status), s & ~BIT(status));
  FIRE(~s & BIT(APM), s | BIT(APM));
  FIRE(rout == TO_SMI && ~s & BIT(GPI), s | BIT(GPI));
  FIRE(~s & BIT(TCO), s | BIT(TCO));
  FIRE(hyper == COMPROMISED && outst, SET2(s, HYPER, SCRUBBED));
  FIRE(hyper == SCRUBBED, SET2(s, HYPER, COMPROMISED));
  FIRE(val == CLEAN && nonce > 0 && (saved != nonce || kept != taint),
       SET3(taint ? s | BIT(SAVED_TAINT) : s & ~BIT(SAVED_TAINT), SAVED_NONCE, nonce));
  FIRE(saved > 0 && (val != CLEAN || nonce != saved || taint != kept), with_result(s, CLEAN, saved, kept));
  FIRE(val != NONE, with_result(s, NONE, 0, false));
  return count;
}

// All states in the order in which they were found, the place that each was found from, and the set of them all, in
// which a state stands for itself. A state is never 0: a free slot is.
#define LOT 64
#define LAST BIT(63)
static State *queue, *slots;
static uint32_t *parents;
static uint64_t size, room, mask;
static int shift;

static void *needed(void *memory) {
  if (memory != NULL) return memory;
  fprintf(stderr, "no more memory\n");
  exit(1);
}

static uint64_t home(State s) { return (s * UINT64_C(0x9e3779b97f4a7c15)) >> shift; }

/** Puts `s` into the set; whether it is new. */
static bool enter(State s) {
  uint64_t at = home(s);
  while (slots[at] != 0) {
    if (slots[at] == (s | LAST)) return false;
    at = (at + 1) & mask;
  }
  slots[at] = s | LAST;
  return true;
}

static void grow(void) {
  shift -= 1;
  mask = 2 * mask + 1;
  free(slots);
  slots = needed(calloc(mask + 1, sizeof *slots));
  for (uint64_t n = 0; n < size; n += 1) enter(queue[n]);
}

static void add(State s, uint64_t parent) {
  if (!enter(s)) return;
  if (size == room) {
    room *= 2;
    queue = needed(realloc(queue, room * sizeof *queue));
    parents = needed(realloc(parents, room * sizeof *parents));
  }
  queue[size] = s;
  parents[size] = (uint32_t)parent;
  size += 1;
}

static unsigned steps_to(uint64_t n) {
  unsigned steps = 0;
  for (; n != 0; n = parents[n]) steps += 1;
  return steps;
}

int main(void) {
  shift = 64 - 9;
  mask = 511;
  room = 1 << 16;
  queue = needed(malloc(room * sizeof *queue));
  parents = needed(malloc(room * sizeof *parents));
  grow();
  add(BIT(GBL_EN) | BIT(APMC_EN) | BIT(ALT_EN) | (LOCK ? BIT(LOCKED) : 0) | (State)TO_SMI << ROUT, 0);
  uint64_t transitions = 0, level_end = 1;
  unsigned depth = 0;
  State lot[2 * LOT];
  uint32_t from[2 * LOT];
  for (uint64_t head = 0; head < size;) {
    // Some states are expanded before what they lead to is looked up, so that cache misses overlap.
    unsigned filled = 0;
    while (head < size && head < level_end && filled < LOT) {
      const unsigned count = fire(queue[head]);
      transitions += count;
      for (unsigned n = 0; n < count; n += 1) {
        lot[filled] = next[n];
        from[filled++] = (uint32_t)head;
        __builtin_prefetch(&slots[home(next[n])], 1);
      }
      head += 1;
    }
    while (4 * (size + filled) > 3 * (mask + 1)) grow();
    for (unsigned n = 0; n < filled; n += 1) {
      const uint64_t known = size;
      add(lot[n], from[n]);
      if (size > known && THREE(lot[n], VERDICT) == FOOLED) {
        printf("attack %u states %lu transitions %lu\n", steps_to(known), size, transitions);
        return 0;
      }
    }
    if (head == level_end && size > level_end) {
      level_end = size;
      depth += 1;
    }
  }
  printf("states %lu transitions %lu depth %u\n", size, transitions, depth);
  return 0;
}
