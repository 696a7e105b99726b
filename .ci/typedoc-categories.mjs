// Groups the API reference by what a reader looks for: each export gets the category of the folder that
// declares it.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The first that a path begins with decides. */
const CATEGORIES = [
  ['src/model/', 'Models'],
  ['src/claim/scope/', 'Reasons, scopes and thresholds'],
  ['src/claim/reasons/', 'Reasons, scopes and thresholds'],
  ['src/defence/', 'Reasons, scopes and thresholds'],
  ['src/claim/cross-check/', 'Searches'],
  ['src/claim/', 'Claims and suites'],
  ['src/config.ts', 'Claims and suites'],
  ['src/audit/', 'Audits of boards'],
  ['src/search/', 'Searches'],
  ['src/attack/', 'Attacks'],
  ['src/export/', 'Other checkers'],
  ['src/conform/', 'Conformance'],
  ['src/statistics/', 'Statistics'],
  ['src/report/', 'Reports'],
  ['src/vitest/', 'Tests'],
  ['models/hypersentry/', 'HyperSentry'],
  ['models/pioneer/', 'Pioneer'],
  ['models/platform/', 'Platform'],
  ['models/late-launch/', 'Late launch'],
  ['properties/', 'Suites'],
];

const categoryOf = (path) => {
  const found = CATEGORIES.find(([start]) => path.startsWith(start));
  if (found === undefined)
    throw new Error(`no category for ${path}: add its folder to .ci/typedoc-categories.mjs`);
  return found[1];
};

/** Called by typedoc, which names this file among its plugins. */
export const load = (app) => {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      for (const child of module.children ?? []) {
        const [source] = child.sources ?? [];
        if (source === undefined || child.isReference()) continue;
        const path = relative(root, source.fullFileName).split(sep).join('/');
        child.comment ??= new Comment();
        child.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: categoryOf(path) }]));
      }
    }
  });
};
