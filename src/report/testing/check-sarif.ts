import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Log, Location } from 'sarif';

const published: { readonly [part: string]: unknown } = createRequire(import.meta.url)(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);

let validate: ValidateFunction | undefined;

/**
 * The schema is of draft 4: what it says means the same in later drafts, but for how its own name is called.
 */
const compiled = (): ValidateFunction => {
  const { id: _id, $schema: _draft, ...schema } = published;
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
};

/** Lists what the published schema of SARIF 2.1.0 refuses in a log. */
export const sarifSchemaErrors = (log: unknown): readonly string[] => {
  validate ??= compiled();
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
};

const checkLocation = (
  { physicalLocation, logicalLocations, message }: Location,
  trouble: string[],
): void => {
  const { uri } = physicalLocation?.artifactLocation ?? {};
  if (physicalLocation !== undefined) {
    if (uri === undefined || uri === '') trouble.push('an artifact without a URI');
    else if (!/^[\w.~!$&'()*+,;=@:%/-]+$/.test(uri) || /%(?![0-9A-F]{2})/.test(uri)) {
      trouble.push(`no reference of a URI: ${uri}`);
    } else if (/^[/\\]|^[A-Za-z][\w+.-]*:|(?:^|\/)\.\.(?:\/|$)/.test(uri)) trouble.push(`not within: ${uri}`);
    if (!((physicalLocation.region?.startLine ?? 0) >= 1)) trouble.push('a line before the first');
  }
  if (physicalLocation === undefined && (logicalLocations ?? []).length === 0) trouble.push('nowhere');
  if (message !== undefined && message.text === undefined) trouble.push('a message without text');
};

/**
 * Finds faults of a SARIF log that the types of the format do not show: what GitHub refuses, references that
 * lead to nothing, steps out of order, and results that it could not tell apart.
 */
export const sarifTrouble = (log: Log): readonly string[] => {
  const trouble: string[] = [];
  if (log.version !== '2.1.0') trouble.push(`version ${String(log.version)}`);
  if (log.runs.length !== 1) trouble.push(`${log.runs.length} runs`);
  for (const { results = [], tool } of log.runs) {
    const { rules = [] } = tool.driver;
    if (new Set(rules.map(({ id }) => id)).size < rules.length) trouble.push('a rule twice');
    for (const { codeFlows = [], locations = [], message, ruleId, ruleIndex = -1 } of results) {
      if (rules[ruleIndex]?.id !== ruleId) trouble.push(`rule ${ruleId} is not at ${ruleIndex}`);
      if ((message.text ?? '') === '') trouble.push('a result without a message');
      if (locations.length === 0) trouble.push('a result without a location');
      for (const location of locations) checkLocation(location, trouble);
      for (const { threadFlows } of codeFlows) {
        for (const flow of threadFlows) {
          if (flow.locations.length === 0) trouble.push('a way without places');
          flow.locations.forEach(({ executionOrder, location = {} }, at) => {
            if (executionOrder !== at + 1) trouble.push(`place ${at} is out of order`);
            checkLocation(location, trouble);
          });
        }
      }
    }
    const prints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    if (new Set(prints).size < prints.length) trouble.push('two results with the same fingerprints');
  }
  return trouble;
};
