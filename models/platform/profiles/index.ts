import type { PlatformProfile } from '../boards/index.ts';
import { acerGm45Ich9m } from './acer-gm45-ich9m.ts';
import { dellE6540 } from './dell-e6540.ts';
import { h310Coffeelake } from './h310-coffeelake.ts';
import { h61SandybridgeDesktop } from './h61-sandybridge-desktop.ts';
import { huananzhiX99Bd4 } from './huananzhi-x99-bd4.ts';
import { intelDh77df } from './intel-dh77df.ts';
import { samsungNp350v5c } from './samsung-np350v5c.ts';

export {
  acerGm45Ich9m,
  dellE6540,
  h310Coffeelake,
  h61SandybridgeDesktop,
  huananzhiX99Bd4,
  intelDh77df,
  samsungNp350v5c,
};

/** Real boards, by id, in alphabetical order. */
export const profiles: readonly PlatformProfile[] = [
  acerGm45Ich9m,
  dellE6540,
  h310Coffeelake,
  h61SandybridgeDesktop,
  huananzhiX99Bd4,
  intelDh77df,
  samsungNp350v5c,
];
