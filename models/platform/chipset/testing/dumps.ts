import type { ChipsetState, LayoutName } from '../index.ts';

/** Registers as inteltool and lspci read them on a running board; GP_LVL is what the pins carried. */
export interface Dump {
  readonly board: string;
  readonly layout: LayoutName;
  readonly registers: Pick<
    ChipsetState,
    | 'GPIO_USE_SEL'
    | 'GP_IO_SEL'
    | 'GP_LVL'
    | 'GPI_INV'
    | 'GPI_ROUT'
    | 'GPIO_CNTL'
    | 'PM1_STS'
    | 'PM1_EN'
    | 'PM1_CNT'
    | 'GPE0_STS'
    | 'GPE0_EN'
    | 'SMI_EN'
    | 'SMI_STS'
    | 'ALT_GP_SMI_EN'
    | 'ALT_GP_SMI_STS'
    | 'GEN_PMCON_1'
  > & { readonly SMRAMC?: number };
}

/** The six boards whose dumps the model was checked against. */
export const DUMPS: readonly Dump[] = [
  {
    board: 'ICH9M with GM45',
    layout: 'ich9',
    registers: {
      GPIO_USE_SEL: 0x19fe_77c2,
      GP_IO_SEL: 0xe042_09c0,
      GP_LVL: 0xf952_0981,
      GPI_INV: 0x0180,
      GPI_ROUT: 0x0002_8004,
      GPIO_CNTL: 0x10,
      PM1_STS: 0x0001,
      PM1_EN: 0x0120,
      PM1_CNT: 0x1c01,
      GPE0_STS: 0x0800_0000,
      GPE0_EN: 0x0180_0242,
      SMI_EN: 0x0002_003b,
      SMI_STS: 0x0000_0900,
      ALT_GP_SMI_EN: 0x0080,
      ALT_GP_SMI_STS: 0x0881,
      GEN_PMCON_1: 0x0ea4,
      SMRAMC: 0x1a,
    },
  },
  {
    board: 'H61',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0xb96b_b9c3,
      GP_IO_SEL: 0xaeff_6ec3,
      GP_LVL: 0xe8fb_6fbd,
      GPI_INV: 0x2800,
      GPI_ROUT: 0x5955_5555,
      GPIO_CNTL: 0x10,
      PM1_STS: 0x0011,
      PM1_EN: 0x0120,
      PM1_CNT: 0x0001,
      GPE0_STS: 0x4681_0000,
      GPE0_EN: 0x0000_0040,
      SMI_EN: 0x0002_203b,
      SMI_STS: 0x0000_4100,
      ALT_GP_SMI_EN: 0x0800,
      ALT_GP_SMI_STS: 0x4681,
      GEN_PMCON_1: 0x0600,
      SMRAMC: 0x0a,
    },
  },
  {
    board: 'H77',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0xb96b_efe3,
      GP_IO_SEL: 0x06fe_4ee3,
      GP_LVL: 0x60da_5ebf,
      GPI_INV: 0,
      GPI_ROUT: 0,
      GPIO_CNTL: 0x11,
      PM1_STS: 0x0001,
      PM1_EN: 0x0120,
      PM1_CNT: 0x0001,
      GPE0_STS: 0x4ea3_0000,
      GPE0_EN: 0x0000_0346,
      SMI_EN: 0x8802_2023,
      SMI_STS: 0x0000_4100,
      ALT_GP_SMI_EN: 0,
      ALT_GP_SMI_STS: 0x4ea3,
      GEN_PMCON_1: 0x0e18,
      SMRAMC: 0x1a,
    },
  },
  {
    board: 'HM76',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x3942_d9ff,
      GP_IO_SEL: 0x86ff_cfef,
      GP_LVL: 0xe6fa_dfaf,
      GPI_INV: 0x818a,
      GPI_ROUT: 0x8001_8080,
      GPIO_CNTL: 0x10,
      PM1_STS: 0x0001,
      PM1_EN: 0x4120,
      PM1_CNT: 0x0001,
      GPE0_STS: 0x4e25_0000,
      GPE0_EN: 0x8088_0046,
      SMI_EN: 0x8002_2023,
      SMI_STS: 0x0000_4900,
      ALT_GP_SMI_EN: 0x0100,
      ALT_GP_SMI_STS: 0x4ea5,
      GEN_PMCON_1: 0x0e04,
      SMRAMC: 0x1a,
    },
  },
  {
    board: 'QM87',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x9962_e7df,
      GP_IO_SEL: 0x8fff_efdf,
      GP_LVL: 0xefc6_ffc9,
      GPI_INV: 0x6101,
      GPI_ROUT: 0x1000_0002,
      GPIO_CNTL: 0x10,
      PM1_STS: 0x0001,
      PM1_EN: 0x0120,
      PM1_CNT: 0x0001,
      GPE0_STS: 0x8ec8_0000,
      GPE0_EN: 0x0109_2042,
      SMI_EN: 0x0002_2023,
      SMI_STS: 0x0000_4100,
      ALT_GP_SMI_EN: 0x4000,
      ALT_GP_SMI_STS: 0x8ec9,
      GEN_PMCON_1: 0x5e14,
      SMRAMC: 0x1a,
    },
  },
  {
    // With a Xeon E5, whose SMRAMC is elsewhere and was not dumped.
    board: 'B85',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x9908_f83d,
      GP_IO_SEL: 0x06b7_66ff,
      GP_LVL: 0x20a9_6ffd,
      GPI_INV: 0,
      GPI_ROUT: 0x2800_0000,
      GPIO_CNTL: 0x11,
      PM1_STS: 0x0001,
      PM1_EN: 0x0100,
      PM1_CNT: 0x0001,
      GPE0_STS: 0x66fd_0000,
      GPE0_EN: 0x0000_0202,
      SMI_EN: 0x8802_202b,
      SMI_STS: 0x0000_4100,
      ALT_GP_SMI_EN: 0,
      ALT_GP_SMI_STS: 0x6efd,
      GEN_PMCON_1: 0x3a18,
    },
  },
];
