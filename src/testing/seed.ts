import fc from 'fast-check';

// One seed for every property of the test run: a failure repeats until it is fixed.
fc.configureGlobal({ seed: Number(process.env['UNDERWATCH_SEED'] ?? 20_260_101) });
