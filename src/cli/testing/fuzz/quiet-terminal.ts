import pc from 'picocolors';
import type { Terminal } from '../../terminal/terminal.ts';

/** A terminal that keeps what is written to it. */
export interface QuietTerminal extends Terminal {
  readonly read: () => { readonly out: string; readonly err: string };
}

/** Makes a terminal without colours that keeps what is written to it. */
export const quietTerminal = (): QuietTerminal => {
  let [out, err] = ['', ''];
  const paint = pc.createColors(false);
  return {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    paint,
    paintErr: paint,
    width: 100,
    widthErr: 100,
    redraws: false,
    drawsUnicode: true,
    read: () => ({ out, err }),
  };
};
