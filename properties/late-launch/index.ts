import type { Suite } from 'underwatch';
import { footnote } from './footnote.ts';
import { launchQuote } from './quote.ts';
import { skinitLaunch } from './skinit.ts';

/** The suites of claims on late launches. */
export const lateLaunchSuites: readonly Suite[] = [skinitLaunch, launchQuote, footnote];
