#!/usr/bin/env node
/**
 * What there is to load is loaded from here, so that it can be told if it cannot be: nothing else is there
 * yet.
 */
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
