import type { ConfigRegister } from '../../layout.ts';
import { chipAt, idOf, numberAt } from '../config-bytes.ts';
import type { CoreReadings, Reading, Source } from '../source.ts';
import { hexOf } from '../text.ts';
import type { Evidence } from './parse.ts';

const addressOf = ({ config }: Evidence, { device, ids }: ConfigRegister): string | undefined => {
  if (ids === undefined) return config.has(device) ? device : undefined;
  return [...config].find(([, bytes]) => ids.includes(idOf(bytes) ?? ''))?.[0];
};

const inConfig = (evidence: Evidence, file: string, register: ConfigRegister): Reading => {
  const { offset, widthBits, device, ids } = register;
  const address = addressOf(evidence, register);
  const name = ids === undefined ? device : `no device ${ids.join(' or ')}`;
  if (address === undefined) {
    const why = evidence.refusals.get(`pci ${device}`);
    return { why: why === undefined ? `${name} is not listed: firmware hid the device` : `${file}: ${why}` };
  }
  const bytes = evidence.config.get(address)!;
  const value = numberAt(bytes, offset, widthBits);
  // Without root the kernel shows the first 64 bytes.
  if (value === undefined || numberAt(bytes, 0, 16) === 0xffff)
    return { why: `${file} lacks the configuration space of ${address} at ${hexOf(offset, 2)}` };
  return { widthBits, value, readFrom: `${file}: ${address} config ${hexOf(offset, 2)}` };
};

const onCores = (
  { msrs, refusals, processors, isWhole }: Evidence,
  file: string,
  address: number,
): CoreReadings => {
  const cores = msrs.get(address);
  const where = `MSR ${hexOf(address, 2)}`;
  const refusal = refusals.get(`msr ${address.toString(16)}`) ?? refusals.get('msr');
  if (refusal !== undefined) return { why: `${file}: ${where}: ${refusal}` };
  if (cores === undefined) return { why: `${file} has no ${where}` };
  if (!isWhole || processors === undefined || cores.size < processors)
    return {
      why: `${file} has ${where} of ${cores.size} of ${processors ?? 'an unknown number of'} processors`,
    };
  return { cores, readFrom: `${file}: ${where}` };
};

const lockedDown = (mode: string): string =>
  `the kernel is in lockdown (${mode}): it keeps ports and memory from root; boot with Secure Boot off to read them`;

/** What `audit --script` or `audit --live` read of a machine. */
export const evidenceSource = (evidence: Evidence, file: string): Source => {
  const southbridge = chipAt(evidence.config, '00:1f.0');
  const northbridge = chipAt(evidence.config, '00:00.0');
  return {
    kind: 'evidence',
    file,
    ...(southbridge && { southbridge }),
    ...(northbridge && { northbridge }),
    notes: [
      ...(evidence.lockdown === undefined ? [] : [`${file}: ${lockedDown(evidence.lockdown)}`]),
      ...(evidence.isWhole ? [] : [`${file} has no last line: it was cut, or is still being written`]),
    ],
    config: (register) => inConfig(evidence, file, register),
    block: (block, { offset }): Reading => {
      const at = `${block}+${hexOf(offset, 2)}`;
      const found = evidence.blocks.get(`${block}+${offset}`);
      if (found !== undefined)
        return { widthBits: found.widthBits, value: found.value, readFrom: `${file}: ${at} (${found.at})` };
      const why = evidence.refusals.get(`${block}+${offset.toString(16)}`) ?? evidence.refusals.get(block);
      return { why: why === undefined ? `${file} has no ${at}` : `${file}: ${at}: ${why}` };
    },
    msr: (address) => onCores(evidence, file, address),
  };
};
