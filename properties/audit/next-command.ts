import type { Finding } from 'underwatch';
import {
  commandFor,
  northbridgeLayout,
  southbridgeLayout,
  toolFor,
  type PlatformProfile,
} from '../../models/platform/boards/index.ts';

const TOOLS = ['lspci', 'inteltool'] as const;

/** The command on the board that shows most of the unknown registers, if a command can. */
export const nextCommand = ({ chipset, unknown }: PlatformProfile): readonly Finding[] => {
  const south = southbridgeLayout(chipset.southbridge.id);
  const north = northbridgeLayout(chipset.northbridge.id);
  const [most] = TOOLS.map((tool) => ({
    tool,
    names: unknown.filter(({ name }) => toolFor(south, north, name) === tool).map(({ name }) => name),
  })).toSorted((a, b) => b.names.length - a.names.length);
  if (most === undefined || most.names.length === 0) return [];
  return [
    {
      id: 'NEXT',
      says: `to know more, run on the board: ${commandFor[most.tool]}`,
      severity: 'note',
      evidence: [`it may show ${most.names.join(', ')}`],
    },
  ];
};
