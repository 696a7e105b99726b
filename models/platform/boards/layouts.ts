import type { DeviceIds, NorthbridgeLayout, SouthbridgeLayout } from './layout.ts';
import { northbridges } from './northbridges.ts';
import { southbridges } from './southbridges.ts';

const intel = /^8086:([0-9a-f]{4})$/;

const find = <T extends { readonly ids: DeviceIds }>(layouts: readonly T[], id: string): T | undefined => {
  const device = Number.parseInt(intel.exec(id)?.[1] ?? '', 16);
  return layouts.find(({ ids }) => ids.some(([first, last]) => device >= first && device <= last));
};

/** The layout of the south bridge with PCI id `8086:xxxx`; undefined if it is not known. */
export const southbridgeLayout = (id: string): SouthbridgeLayout | undefined => find(southbridges, id);

/** The layout of the south bridges of a generation, by its name. */
export const layoutOfGeneration = (generation: string | undefined): SouthbridgeLayout | undefined =>
  southbridges.find((layout) => layout.generation === generation);

/** The layout of the host bridge with PCI id `8086:xxxx`; undefined if it is not known. */
export const northbridgeLayout = (id: string): NorthbridgeLayout | undefined => find(northbridges, id);

/** The generations of south bridge whose registers can be read, in the order of their age. */
export const supportedGenerations: readonly string[] = southbridges.map(({ generation }) => generation);

/** The addresses of bridges with known ids: the south bridge at 00:1f.0, the host bridge at 00:00.0. */
export const bridgeAddress = (id: string): string | undefined => {
  if (southbridgeLayout(id) !== undefined) return '00:1f.0';
  return northbridgeLayout(id) === undefined ? undefined : '00:00.0';
};
