import { runInNewContext } from 'node:vm';
import { Command } from 'commander';
import { Fault } from '../../model/index.ts';
import type { PageSubject } from '../../report/page/data.ts';
import type { PageModels } from '../../report/page/models.ts';
import { explorePage } from '../../report/page/page.ts';
import type { Opened } from '../../report/page/run/situation.ts';
import type { ExitCode, Finish } from '../exit-codes.ts';
import { subjectOf, withSubject, type SubjectOptions } from '../options/subject-options.ts';
import { pageModels } from '../page/page-models.ts';
import { showPage } from '../serve/show-page.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { loadWorkspace } from '../workspace/load-config.ts';

interface ExploreOptions extends SubjectOptions {
  readonly browser: boolean;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch explore hypersentry                     what can happen, with every defence on and every capability given
  underwatch explore H-DEFER                         the model and the scenario of a claim
  underwatch explore hypersentry --without gpiGateLock --no-capability
  underwatch explore smram --no-browser              the address alone

No run is needed: the model itself runs in the page, and judges each step. A server gives the page to this machine
alone: on a port of 127.0.0.1 that the system chooses, under an address that nobody can guess. Ctrl-C ends it.

Exit codes: 0 it was served until Ctrl-C, 2 bad usage or input.`;

const doesNotRun = (model: string, because: string): Fault =>
  new Fault('UW452', {
    where: `model ${model}`,
    expected: 'a model that runs where Node is not: in a page',
    got: because,
    likely: 'the model, or what the configuration imports, needs a part of Node while it is loaded',
    next: 'keep what needs Node in a file that the model does not import',
  });

/**
 * Checks that the scripts of a page start the model. Throws UW452 where they do not: nobody would see here
 * what a page would say of that.
 */
const needRunning = ({ model, scenario }: PageSubject, models: PageModels): void => {
  if (models.kind === 'absent') throw doesNotRun(model, models.because);
  const asked = JSON.stringify([model, scenario]);
  const opened = runInNewContext(`${models.script}\nglobalThis.underwatch.runner.open(...${asked})`, {
    performance,
  }) as Opened;
  if (opened.kind === 'refused') throw doesNotRun(model, opened.because);
};

const explore = async (
  terminal: Terminal,
  id: string | undefined,
  options: ExploreOptions,
): Promise<ExitCode> => {
  const workspace = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  const { claim, system } = subjectOf(workspace, id, options);
  const { model, scenario } = system;
  const subject: PageSubject = {
    model: model.id,
    scenario,
    ...(claim === undefined ? {} : { invariant: claim.invariant }),
  };
  const models = await pageModels(new Set([model.id]), workspace.config);
  needRunning(subject, models);
  return showPage(terminal, explorePage(subject, models), options);
};

/** `underwatch explore`: shows a model in the browser, where its reader chooses what happens next. */
export const exploreCommand = (terminal: Terminal, finish: Finish): Command =>
  withSubject(new Command('explore'), 'the model, or a claim with its scenario')
    .description('open a model in the browser, and choose what happens next, step by step')
    .option('--no-browser', 'start no browser; print the address alone')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ExploreOptions) =>
      finish(await explore(terminal, id, options)),
    );
