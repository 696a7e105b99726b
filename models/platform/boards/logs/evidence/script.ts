import {
  ELSEWHERE,
  FADT,
  FAMILIES,
  FIRST_LINE,
  MEMORY_BLOCKS,
  MSRS,
  placesIn,
  PORT_BLOCKS,
  SOUTH,
  type Family,
  type MemoryBlock,
  type PortBlock,
} from './places.ts';

const hex = (value: number): string => value.toString(16);

const HEAD = String.raw`#!/bin/sh
# Reads what "underwatch audit" asks of a board. It writes nothing but its output, to no register and no file:
#
#   sudo sh collect.sh > board.txt
#   underwatch audit board.txt
#
# It needs a POSIX shell, dd, and one of od, hexdump, xxd. Model-specific registers need the module msr (modprobe msr);
# memory needs a kernel that shows it (iomem=relaxed). What may not be read is told, and the rest is read.
# Where power management hides its function, PWRMBASE=0xfe000000 says where its registers are; it is then your word.
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin
LC_ALL=C
export PATH LC_ALL

have() { command -v "$1" > /dev/null 2>&1; }

# hexline: the bytes of standard input in one line; rows: sixteen a line, behind their offset.
if have od && [ "$(printf AB | od -An -v -tx1 2> /dev/null | tr -d ' \n')" = 4142 ]; then
  hexline() { set -- $(od -An -v -tx1); echo "$*"; }
  rows() { od -Ax -v -tx1; }
elif have hexdump; then
  hexline() { set -- $(hexdump -v -e '1/1 "%02x "'); echo "$*"; }
  rows() { hexdump -v -C; }
elif have xxd; then
  hexline() { set -- $(xxd -p -c 1); echo "$*"; }
  rows() { xxd -g 1; }
else
  echo 'collect.sh needs od, hexdump or xxd' >&2
  exit 1
fi

# bytes FILE POSITION SIZE COUNT: COUNT reads of SIZE bytes each. The first dd only moves to the position.
bytes() {
  [ -r "$1" ] || return 0
  { dd bs=1 skip="$2" count=0 && dd bs="$3" count="$4"; } < "$1" 2> /dev/null | hexline
}

# reason FILE POSITION SIZE: why it cannot be read.
reason() {
  if [ ! -e "$1" ]; then
    echo "there is no $1"
    return
  fi
  why=$(dd if="$1" bs=1 count=0 2>&1 | sed -n 's/^dd:.*: //p')
  [ -n "$why" ] || why=$({ dd bs=1 skip="$2" count=0 && dd bs="$3" count=1; } < "$1" 2>&1 > /dev/null | sed -n 's/^dd:.*: //p')
  [ -n "$why" ] || why='it gave too few bytes'
  echo "$why" | head -n 1
}

# number BYTES: what little-endian bytes are worth.
number() {
  value=
  for byte in $1; do value=$byte$value; done
  [ -n "$value" ] && echo $((0x$value))
}

config_file() {
  if [ -d /sys/bus/pci/devices ]; then echo "/sys/bus/pci/devices/0000:$1/config"
  else echo "/proc/bus/pci/$(echo "$1" | tr : /)"; fi
}

# config DEVICE OFFSET SIZE
config() { bytes "$(config_file "$1")" "$2" "$3" 1; }

# bit DEVICE OFFSET BIT: whether the bit of that byte is 1.
bit() {
  byte=$(number "$(config "$1" "$2" 1)")
  [ -n "$byte" ] && [ $((byte / (1 << $3) % 2)) = 1 ]
}

show_pci() {
  file=$(config_file "$1")
  [ -r "$file" ] || return 0
  echo "pci $1"
  dd if="$file" bs=256 count=1 2> /dev/null | rows
}

# show BLOCK OFFSET SPACE ADDRESS COUNT BYTES FILE SIZE
show() {
  set -- "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8" $6
  if [ $(($# - 8)) = "$5" ]; then printf '%s+%x %s %x: %s\n' "$1" "$2" "$3" "$4" "$6"
  else printf 'not read: %s+%x: %s\n' "$1" "$2" "$(reason "$7" "$4" "$8")"; fi
}

# Ports in one access where inw and inl are there (package ioport), otherwise byte by byte.
port() {
  tool=in$([ "$2" = 2 ] && echo w || echo l)
  found=
  if have "$tool"; then found=$(printf "%0$((2 * $2))x" "$("$tool" "$1" 2> /dev/null)" 2> /dev/null | reversed); fi
  set -- "$1" "$2" $found
  if [ $(($# - 2)) = "$2" ]; then echo "$found"; else bytes /dev/port "$1" 1 "$2"; fi
}

# reversed: hexadecimal digits from the last pair to the first, with blanks between the pairs.
reversed() { sed 's/../& /g' | { read -r a b c d; echo $d $c $b $a; }; }

# ports BLOCK BASE (OFFSET COUNT)...
ports() {
  block=$1 base=$2
  shift 2
  while [ $# -gt 1 ]; do
    at=$((base + 0x$1))
    show "$block" $((0x$1)) port $at "$2" "$(port $at "$2")" /dev/port 1
    shift 2
  done
}

word_of_memory() {
  found=
  if have devmem; then found=$(devmem "$1" 32 2> /dev/null)
  elif have busybox; then found=$(busybox devmem "$1" 32 2> /dev/null)
  elif have devmem2; then found=$(devmem2 "$1" w 2> /dev/null | sed -n 's/.*: *0x/0x/p' | tail -n 1); fi
  case $found in
    0x????????) echo "$found" | sed 's/^0x//' | tr A-F a-f | reversed ;;
    *) bytes /dev/mem "$1" 4 1 ;;
  esac
}

# memory BLOCK BASE (OFFSET COUNT)...
memory() {
  block=$1 base=$2
  shift 2
  while [ $# -gt 1 ]; do
    at=$((base + 0x$1))
    show "$block" $((0x$1)) memory $at "$2" "$(word_of_memory $at)" /dev/mem 4
    shift 2
  done
}

# base BLOCK DEVICE OFFSET MASK ENABLE-OFFSET ENABLE-BIT: the address, if the block is decoded.
base() {
  address=$(number "$(config "$2" $((0x$3)) 4)")
  if [ -z "$address" ]; then
    echo "not read: $1: the configuration space of $2 is hidden, or shown to root alone" >&3
  elif ! bit "$2" $((0x$5)) "$6"; then
    echo "not read: $1: it is not decoded" >&3
  else
    echo $((address & 0x$4))
  fi
}

msrs() {
  for file in /dev/cpu/[0-9]*/msr; do
    if [ ! -e "$file" ]; then
      echo 'not read: msr: there is no /dev/cpu/0/msr: modprobe msr'
      return
    fi
    processor=$(echo "$file" | tr -d -c 0-9)
    for address in "$@"; do
      found=$(bytes "$file" $((0x$address)) 8 1)
      case $found in
        '') echo "not read: msr $address: $(reason "$file" $((0x$address)) 8)" ;;
        *) echo "msr $address processor $processor: $found" ;;
      esac
    done
  done
}

exec 3>&1
[ "$(id -u)" = 0 ] || echo 'collect.sh is not run as root: most registers will be missing' >&2
`;

const blockText = (
  { block, device, base, mask, enable }: PortBlock | MemoryBlock,
  family: Family,
): readonly string[] => {
  const places = placesIn(family, block).map(({ offset, bytes }) => `${hex(offset)} ${bytes}`);
  const found = `$(base ${block} ${device} ${hex(base)} ${hex(mask)} ${hex(enable.offset)} ${enable.bit})`;
  const kind = block === 'rcba' || block === 'pwrm' ? 'memory' : 'ports';
  const given =
    block === 'pwrm'
      ? `  if [ -n "$PWRMBASE" ]; then at=$((PWRMBASE)); else at=${found}; fi`
      : `  at=${found}`;
  return places.length === 0 ? [] : [given, `  [ -n "$at" ] && ${kind} ${block} "$at" ${places.join(' ')}`];
};

// Without its function the ACPI block is where the ACPI tables say.
const fromTables: readonly string[] = [
  `  at=$(number "$(bytes ${FADT.path} ${FADT.offset} 4 1)")`,
  `  if [ -n "$at" ] && [ "$at" -gt 0 ] && [ "$at" -lt 65536 ]; then ports pmbase "$at" ${placesIn(
    'hidden',
    'pmbase',
  )
    .map(({ offset, bytes }) => `${hex(offset)} ${bytes}`)
    .join(' ')}`,
  `  else echo 'not read: pmbase: no ACPI table says where it is'; fi`,
];

const familyText = (family: Family): string =>
  [
    `show_${family}() {`,
    ...(family === 'hidden' ? fromTables : []),
    ...[...PORT_BLOCKS[family], ...MEMORY_BLOCKS[family]].flatMap((block) => blockText(block, family)),
    '  return 0',
    '}',
  ].join('\n');

const TAIL = String.raw`
echo 'FIRST'
echo "kernel: $(uname -sr)"
if [ -r /sys/kernel/security/lockdown ]; then echo "lockdown: $(cat /sys/kernel/security/lockdown)"; fi
set -- /sys/devices/system/cpu/cpu[0-9]*
echo "processors: $#"

if [ -d /sys/bus/pci/devices ]; then
  devices=$(ls /sys/bus/pci/devices | sed -n 's/^0000://p')
else
  devices=$(cd /proc/bus/pci 2> /dev/null && ls -d ??/??.? | tr / :)
fi
for device in $devices; do
  case $device in
    00:*) show_pci "$device" ;;
    *)
      case $(config "$device" 0 4) in
        ELSEWHERE) show_pci "$device" ;;
      esac
      ;;
  esac
done

family=
south=$(number "$(config 00:1f.0 2 2)")
among() { if [ "$south" -ge $((0x$1)) ] && [ "$south" -le $((0x$2)) ]; then family=$3; fi; }
if [ "$(config 00:1f.0 0 2)" = '86 80' ]; then
SOUTH
fi
[ -z "$family" ] || "show_$family"
msrs MSRS
echo end
`;

const bytesOfId = (id: string): string => {
  const [vendor = '', device = ''] = id.split(':');
  return [vendor, device].flatMap((half) => [half.slice(2), half.slice(0, 2)]).join(' ');
};

/**
 * A POSIX shell script that reads, as root, on a board without Node, what an audit asks of it. It only reads.
 */
export const collectScript: string = [
  HEAD,
  ...FAMILIES.map(familyText),
  TAIL.replace('FIRST', FIRST_LINE)
    .replace('ELSEWHERE', ELSEWHERE.map((id) => `'${bytesOfId(id)}'`).join(' | '))
    .replace('SOUTH', () =>
      SOUTH.map(({ first, last, family }) => `  among ${hex(first)} ${hex(last)} ${family}`).join('\n'),
    )
    .replace('MSRS', MSRS.map(hex).join(' ')),
].join('\n');
