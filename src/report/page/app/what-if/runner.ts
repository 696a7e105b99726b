import { useEffect, useState } from 'preact/hooks';
import type { Runner } from '../../run/situation.ts';

type WithRunner = typeof globalThis & { readonly underwatch?: { readonly runner: Runner } };

const runnerHere = (): Runner | undefined => (globalThis as WithRunner).underwatch?.runner;

/**
 * Starts the models of the page: their script is a text in it until then. The page's policy knows its hash.
 */
const start = (): Runner | undefined => {
  const known = runnerHere();
  if (known !== undefined) return known;
  const text = JSON.parse(document.getElementById('models')?.textContent ?? 'null') as string | null;
  if (text === null) return undefined;
  const script = document.createElement('script');
  script.textContent = text;
  document.body.append(script);
  script.remove();
  return runnerHere();
};

/** Returns the runner of the models; nothing until it has loaded, which is after the page can be read. */
export const useRunner = (): Runner | undefined => {
  const [runner, setRunner] = useState(runnerHere);
  useEffect(() => {
    if (runner !== undefined) return undefined;
    const waiting = setTimeout(() => setRunner(start()), 0);
    return () => clearTimeout(waiting);
  }, [runner]);
  return runner;
};
