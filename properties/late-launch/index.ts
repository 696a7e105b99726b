import type { Suite } from 'underwatch';
import { footnote } from './footnote.ts';
import { launchQuote } from './quote.ts';
import { skinitLaunch } from './skinit.ts';

/** What is claimed of late launches. */
export const lateLaunchSuites: readonly Suite[] = [skinitLaunch, launchQuote, footnote];
