import type { ConfigRegister, FlagRule } from './layout.ts';
import { layoutOfGeneration, northbridgeLayout } from './layouts.ts';
import type { PlatformProfile } from './profile.ts';

const UNITS = { 8: 'b', 16: 'w', 32: 'l' } as const;

const commandFor = ({ device, offset, widthBits }: ConfigRegister, bit: number): string => {
  const mask = (2 ** bit).toString(16);
  return `setpci -s ${device} ${offset.toString(16)}.${UNITS[widthBits]}=${mask}:${mask}`;
};

/** The command that sets a bit of a register in configuration space, and leaves the others as they are. */
export const setBit = (profile: PlatformProfile, register: string, bit: number): string | undefined => {
  const { generation, northbridge } = profile.chipset;
  const places = [
    ...(layoutOfGeneration(generation)?.config ?? []),
    ...(northbridgeLayout(northbridge.id)?.config ?? []),
  ];
  const place = places.find(({ name, ids }) => name === register && ids === undefined);
  return place === undefined ? undefined : commandFor(place, bit);
};

/** The command that sets a lock of a board, where the lock is a bit in configuration space. */
export const setLock = (profile: PlatformProfile, lock: string): string | undefined => {
  const { generation, northbridge } = profile.chipset;
  const rules: { readonly [name: string]: FlagRule } = {
    ...layoutOfGeneration(generation)?.locks,
    ...northbridgeLayout(northbridge.id)?.locks,
  };
  const rule = rules[lock];
  return rule?.kind === 'bit' ? setBit(profile, rule.register, rule.bit) : undefined;
};
