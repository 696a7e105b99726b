// src/model/action.ts
var actionOf = () => (action2) => action2;

// src/model/domain.ts
var oneOf = (values) => ({ values });
var integers = (min, max) => ({
  values: Array.from({ length: Math.max(0, max - min + 1) }, (_, offset) => min + offset)
});

// src/model/model.ts
var defineModel = (model) => model;

// src/testing/smi-gate/state.ts
var action = actionOf();
var smi = ({ chipset }) => chipset.gblEn && (chipset.gpi || chipset.apm && chipset.apmcEn || chipset.per || chipset.tco);
var free = (state) => (state.handler === "idle" || state.handler === "resume") && !smi(state);
var acts = (state) => state.hyper !== "clean" && free(state) && state.cores.some(({ mode }) => mode === "host");
var anyCore = ({ parameters }) => ({
  core: integers(0, parameters.cores - 1)
});
var waits = ({ phase }) => phase === "idle" || phase === "waiting";

// src/testing/smi-gate/adversary.ts
var toggle = (field, locked) => action({
  actor: "adversary",
  says: `toggles ${field}`,
  when: (s) => acts(s) && !locked(s),
  then: (d) => {
    d.chipset[field] = !d.chipset[field];
  }
});
var adversary = {
  route: action({
    actor: "adversary",
    says: "routes the pin",
    choose: { to: oneOf(["none", "sci", "smi"]) },
    when: (s, { to }) => acts(s) && s.chipset.rout !== to,
    then: (d, { to }) => {
      d.chipset.rout = to;
    }
  }),
  altEn: toggle("altEn", () => false),
  apmcEn: toggle("apmcEn", () => false),
  gblEn: toggle("gblEn", (s) => s.chipset.lock),
  lock: action({
    actor: "adversary",
    says: "sets the lock",
    when: (s) => acts(s) && !s.chipset.lock,
    then: (d) => {
      d.chipset.lock = true;
    }
  }),
  clear: action({
    actor: "adversary",
    says: "clears a status",
    choose: { status: oneOf(["gpi", "apm", "per", "tco", "alt"]) },
    when: (s, { status }) => acts(s) && s.chipset[status],
    then: (d, { status }) => {
      d.chipset[status] = false;
    }
  }),
  setApm: action({
    actor: "adversary",
    says: "writes the APM port",
    when: (s) => acts(s) && !s.chipset.apm,
    then: (d) => {
      d.chipset.apm = true;
    }
  }),
  spoof: action({
    actor: "adversary",
    says: "forges the pin",
    when: (s) => acts(s) && s.chipset.rout === "smi" && !s.chipset.gpi,
    then: (d) => {
      d.chipset.gpi = true;
    }
  }),
  setTco: action({
    actor: "adversary",
    says: "causes a TCO event",
    when: (s) => acts(s) && !s.chipset.tco,
    then: (d) => {
      d.chipset.tco = true;
    }
  }),
  scrub: action({
    actor: "adversary",
    says: "hides",
    when: (s) => acts(s) && s.hyper === "compromised" && s.bmc.outst,
    then: (d) => {
      d.hyper = "scrubbed";
    }
  }),
  unscrub: action({
    actor: "adversary",
    says: "comes back",
    when: (s) => acts(s) && s.hyper === "scrubbed",
    then: (d) => {
      d.hyper = "compromised";
    }
  }),
  save: action({
    actor: "adversary",
    says: "keeps a result",
    when: (s) => acts(s) && s.result.val === "clean" && s.result.nonce > 0 && (s.saved.nonce !== s.result.nonce || s.saved.taint !== s.result.taint),
    then: (d) => {
      d.saved = { nonce: d.result.nonce, taint: d.result.taint };
    }
  }),
  replay: action({
    actor: "adversary",
    says: "plays a kept result",
    when: (s) => acts(s) && s.saved.nonce > 0 && (s.result.val !== "clean" || s.result.nonce !== s.saved.nonce || s.result.taint !== s.saved.taint),
    then: (d) => {
      d.result = { val: "clean", nonce: d.saved.nonce, taint: d.saved.taint };
    }
  }),
  drop: action({
    actor: "adversary",
    says: "drops the result",
    when: (s) => acts(s) && s.result.val !== "none",
    then: (d) => {
      d.result = { val: "none", nonce: 0, taint: false };
    }
  })
};

// src/testing/smi-gate/platform.ts
var platform = {
  periodic: action({
    actor: "hardware",
    says: "the periodic timer elapses",
    when: (s) => !s.chipset.per,
    then: (d) => {
      d.chipset.per = true;
    }
  }),
  request: action({
    actor: "verifier",
    says: "asks for a measurement",
    when: (s, _, { parameters }) => waits(s.verifier) && s.verifier.nonce < parameters.nonces && s.bmc.pending < parameters.pending,
    then: (d) => {
      d.verifier.nonce += 1;
      d.bmc.pending += 1;
      d.verifier.phase = "waiting";
    }
  }),
  assert: action({
    actor: "bmc",
    says: "raises the pin",
    when: (s) => s.bmc.pending > 0 && !s.bmc.outst,
    then: (d) => {
      d.bmc.pending -= 1;
      d.bmc.outst = true;
      if (d.chipset.rout === "smi" && d.chipset.altEn) {
        d.chipset.gpi = true;
        d.chipset.alt = true;
      }
    }
  }),
  verify: action({
    actor: "verifier",
    says: "looks at a result",
    when: (s) => s.verifier.phase === "waiting" && s.result.val !== "none",
    then: (d) => {
      if (d.result.nonce !== d.verifier.nonce) d.result = { val: "none", nonce: 0, taint: false };
      else if (d.result.val === "dirty") d.verifier.phase = "alarm";
      else d.verifier.phase = d.result.taint ? "fooled" : "accepted";
    }
  }),
  ack: action({
    actor: "verifier",
    says: "is content",
    when: (s) => s.verifier.phase === "accepted",
    then: (d) => {
      d.verifier.phase = "idle";
    }
  }),
  timeout: action({
    actor: "verifier",
    says: "has waited too long",
    when: (s) => s.verifier.phase === "waiting" && s.bmc.outst,
    then: (d) => {
      d.verifier.phase = "alarm";
      d.bmc.outst = false;
    }
  })
};
var processor = {
  vmexit: action({
    actor: "hardware",
    says: "leaves the guest",
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c].mode === "guest",
    then: (d, { core: c }) => {
      d.cores[c].mode = "host";
    }
  }),
  vmentry: action({
    actor: "hypervisor",
    says: "enters the guest",
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c].mode === "host",
    then: (d, { core: c }) => {
      d.cores[c].mode = "guest";
    }
  }),
  compromise: action({
    actor: "adversary",
    says: "breaks out of the guest",
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c].mode === "guest" && s.hyper === "clean",
    then: (d, { core: c }) => {
      d.cores[c].mode = "host";
      d.hyper = "compromised";
    }
  }),
  enter: action({
    actor: "hardware",
    says: "enters SMM",
    choose: anyCore,
    when: (s, { core: c }) => s.handler === "idle" && smi(s) && s.cores[c].mode !== "smm",
    then: (d, { core: c }) => {
      d.cores[c].mode = "smm";
    }
  }),
  rsm: action({
    actor: "firmware",
    says: "leaves SMM",
    choose: anyCore,
    when: (s, { core: c }) => s.handler === "resume" && s.cores[c].mode === "smm",
    then: (d, { core: c }) => {
      d.cores[c].mode = "host";
    }
  })
};
var handler = {
  start: action({
    actor: "firmware",
    says: "the handler starts",
    when: (s) => s.handler === "idle" && s.cores.every(({ mode }) => mode === "smm"),
    then: (d) => {
      d.handler = "check";
    }
  }),
  check: action({
    actor: "firmware",
    says: "reads the status",
    when: (s) => s.handler === "check",
    then: (d, _, { defends }) => {
      const { gpi, apm, per, tco, alt } = d.chipset;
      d.handler = gpi && !apm && !per && !tco && (!defends("altStatusCheck") || alt) ? "measure" : "exit";
    }
  }),
  measure: action({
    actor: "firmware",
    says: "measures",
    when: (s) => s.handler === "measure",
    then: (d) => {
      d.result = {
        val: d.hyper === "compromised" ? "dirty" : "clean",
        nonce: d.verifier.nonce,
        taint: d.hyper === "scrubbed"
      };
      d.handler = "report";
    }
  }),
  report: action({
    actor: "firmware",
    says: "answers",
    when: (s) => s.handler === "report",
    then: (d) => {
      d.bmc.outst = false;
      d.handler = "exit";
    }
  }),
  exit: action({
    actor: "firmware",
    says: "clears the status",
    when: (s) => s.handler === "exit",
    then: (d) => {
      Object.assign(d.chipset, { gpi: false, apm: false, per: false, tco: false, alt: false });
      d.handler = "resume";
    }
  }),
  done: action({
    actor: "firmware",
    says: "is done",
    when: (s) => s.handler === "resume" && s.cores.every(({ mode }) => mode !== "smm"),
    then: (d) => {
      d.handler = "idle";
    }
  })
};

// src/testing/smi-gate.ts
var smiGate = defineModel({
  id: "smi-gate",
  says: "a reference model that other checkers have counted",
  defences: { smiLock: "SMI_LOCK is set", altStatusCheck: "the handler reads ALT_GP_SMI_STS" },
  capabilities: {},
  parameters: { cores: 2, pending: 2, nonces: 2 },
  initial: ({ parameters, defends }) => ({
    chipset: {
      gblEn: true,
      apmcEn: true,
      rout: "smi",
      altEn: true,
      lock: defends("smiLock"),
      gpi: false,
      apm: false,
      per: false,
      tco: false,
      alt: false
    },
    cores: Array.from({ length: parameters.cores }, () => ({ mode: "guest" })),
    hyper: "clean",
    handler: "idle",
    bmc: { pending: 0, outst: false },
    result: { val: "none", nonce: 0, taint: false },
    saved: { nonce: 0, taint: false },
    verifier: { phase: "idle", nonce: 0 }
  }),
  actions: { ...platform, ...processor, ...handler, ...adversary },
  invariants: {
    "never-fooled": {
      kind: "always",
      says: "a scrubbed hypervisor is never accepted as clean",
      source: "the reference model",
      holds: (s) => s.verifier.phase !== "fooled"
    }
  }
});
export {
  smiGate
};
