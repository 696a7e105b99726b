#!/usr/bin/env node
/** Loads the command from here, so that a failure to load can be told: nothing else is there yet. */
const started = async (): Promise<boolean> => {
  try {
    const { start } = await import('./start.ts');
    await start();
    return true;
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      [
        'UW334 the program cannot be loaded: underwatch',
        '  expected  files of the package that can be opened',
        `  got       ${got}`,
        '  likely    too few files may be open at a time (ulimit -n), or the installation is not whole',
        '  next      allow more of them, or install the package anew',
        '',
      ].join('\n'),
    );
    return false;
  }
};

if (!(await started())) process.exitCode = 2;
