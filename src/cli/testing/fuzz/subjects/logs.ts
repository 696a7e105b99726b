import { isDeepStrictEqual } from 'node:util';
import type { Auditor } from '../../../../audit/auditor.ts';
import { Fault } from '../../../../model/index.ts';
import {
  h77Devices,
  header,
  lspciText,
  msrSections,
  pmbaseSection,
} from '../../../../../models/platform/boards/logs/testing/logs.ts';
import { auditReport, jsonText } from '../../../../report/document.ts';
import { failedPlatformEntry } from '../../../../report/entries.ts';
import { markdownText } from '../../../../report/markdown/markdown.ts';
import { reportSchema } from '../../../../report/schema/schema.ts';
import type { Workplace } from '../../../../testing/workplace.ts';
import { readBoard } from '../../../audit/read-boards.ts';
import { oneOf } from '../chance.ts';
import { mutateLines } from '../mutate-lines.ts';
import { must, type Subject } from '../subject.ts';

const core = { '0000003a': '0x00000000:0x00000005', '000001f2': '0x00000000:0xda000006' };
const inteltool = `${header}${pmbaseSection()}${msrSections([core, core])}`;
const lspci = lspciText(h77Devices);

/** The output of other tools about the same board. */
const others = [
  '# setpci -s 00:1f.0 a0.w dc.b\n0a30\n2a\n# rdmsr -a 0x1f3\nff800800\nff800800\n',
  '# xxd /sys/bus/pci/devices/0000:00:1f.0/config\n00000000: 8680 4a1e 0700 1002 0400 0106 0000 0000  ..J.............\n',
  'Found chipset "Intel H77" with PCI ID 8086:1e4a.\nBIOS_CNTL = 0x2a: BIOS Lock Enable: enabled\n',
  '[*] running module: chipsec.modules.smm_dma\n[*] TSEG      : 0x00000000DB000000 - 0x00000000DB7FFFFF (size = 0x00800000)\n[+] TSEG range is locked\n',
  '<?xml version="1.0"?><testsuite><system-out>[*] Running module: chipsec.modules.common.smm\n[*] PCI0.0.0_SMRAMC = 0x1A &lt;&lt; SMRAM (b:d.f 00:00.0 + 0x88)\n</system-out></testsuite>\n',
] as const;

const unsearched = new Fault('UW404', { where: '', expected: '', got: '', likely: '', next: '' });

/** Tells a board that was read, which has a report that is what it says. */
const tell = (board: Parameters<typeof failedPlatformEntry>[2]): void => {
  const report = auditReport([failedPlatformEntry('board', unsearched, board)], {
    run: { engine: 'exhaustive', seed: 1, limits: {}, interrupted: false },
    clocked: { startedAt: new Date(0), durationMs: 0 },
    durationsMs: { board: 0 },
  });
  const text = jsonText(report);
  must(isDeepStrictEqual(JSON.parse(text), reportSchema.parse(JSON.parse(text))), 'a report loses something');
  must(markdownText(report).length > 0, 'a report without a story');
};

/** The subject of a board's logs, one of them or more changed, and what another tool says of it. */
export const logs = (place: Workplace, auditors: readonly Auditor[]): Subject => ({
  name: 'logs',
  share: 40,
  run: async (random) => {
    const which = oneOf(random, ['inteltool', 'lspci', 'other', 'both']);
    const content = (kind: string, text: string): string | Uint8Array =>
      which === 'both' || which === kind ? mutateLines(text, random) : text;
    const paths = [
      place.write('board/inteltool.log', content('inteltool', inteltool)),
      place.write('board/lspci.log', content('lspci', lspci)),
      place.write('board/other.txt', content('other', oneOf(random, others))),
    ];
    try {
      tell(readBoard({ name: 'board', paths }, auditors, { gpi: random.whole(16) }));
      return 'read';
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
  },
});
