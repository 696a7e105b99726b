/**
 * The environment of what is measured: that of this process, without what sets Node up (`NODE_OPTIONS` and
 * the like). A machine may have Node read a file of certificates as it starts (`NODE_EXTRA_CA_CERTS`), which
 * takes longer than all else in an empty process and is no part of any search.
 */
export const measuredEnvironment = (
  environment: Readonly<NodeJS.ProcessEnv> = process.env,
): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('NODE_')));
