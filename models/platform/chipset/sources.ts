/**
 * The documents behind the short names in the register tables. Every fact stated here was read in these
 * documents; `unconfirmed` marks what is generally known but was not found in one of them.
 */
export const SOURCES = {
  ich2: 'Intel 82801BA I/O Controller Hub 2 datasheet, 5.12 "SMI#/SCI generation" and table 5-40',
  ami: 'AMI Aptio firmware for the ICH, start of the south bridge: ACPI_CNTL bit 7 enables the decoding at PMBASE and with it the power management function',
  '460gx':
    'Intel 460GX chipset software developer manual, 11.1.9 ACPI Enable: ports B2h and B3h are decoded whatever it says',
  ich4: 'Intel 82801DB I/O Controller Hub 4 datasheet, SMI_STS (page 365) and TCO1_CNT (page 375)',
  '6300ESB': 'Intel 6300ESB I/O Controller Hub datasheet, TCO1_CNT (page 422)',
  ich10:
    'Intel I/O Controller Hub 10 datasheet (319973), PM1_STS; Intel reference code header for ICH10 (registers of D31:F0 and ACPI I/O)',
  pch6: 'Intel 6 Series Chipset datasheet (324645), SMI#/SCI generation, ALT_GP_SMI_STS, GPIO lockdown',
  pch400: 'Intel 400 Series On-Package PCH register database, SMI_STS',
  pch500:
    'Intel 500 Series PCH datasheet volume 1, "SMI#/SCI generation" (same text: Xeon D-1500 datasheet, page 94)',
  'lpt-h': 'Intel reference code header for the Lynx Point PCH (LPC and ACPI registers)',
  'pch-code': 'Intel PCH reference code, SMM part (clearing of SMI_STS, GPIO unlock)',
  cb: 'coreboot, southbridge/intel/common, i82801gx, i82801ix, cpu/x86/smm',
  uhci: 'Universal Host Controller Interface design guide 1.1, section 5: legacy support register, C0h of function 2',
  'pch-legkey': 'Intel reference code header for the PCH, ULKMC (D31:F0 94h)',
  qemu: 'QEMU hw/acpi/ich9.c, hw/isa/lpc_ich9.c, hw/pci-host/q35.c; QEMU 7.2 measured through its ports',
  ovmf: 'EDK2 OvmfPkg, Q35MchIch9.h',
  '5000P':
    'Intel 5000P/V/X/Z chipset MCH datasheet, SMRAMC (page 87), decoding of SMM spaces (table 4-9, page 293)',
  '5000-diag': 'a diagnostics header for the 5000 series: offsets and bits of EXSMRC and EXSMRTOP (D16:F0)',
  3200: 'Intel 3200/3210 chipset MCH datasheet, SMRAM (page 86)',
  chipsec: 'CHIPSEC 2.0, register definitions and modules common.smm, common.bios_smi, common.bios_wp',
  slides: 'Azab et al., HyperSentry, CCS 2010, talk slides 9-14',
  boards: 'register dumps of six boards (ICH9M, H61, H77, HM76, QM87, B85), see boards.test.ts',
  unconfirmed: 'general knowledge; no document at hand',
} as const;

export type SourceKey = keyof typeof SOURCES;

/** One or more keys of `SOURCES`, separated by blanks. */
export type Source = string;
