import { SAVED_AS_TEXT } from '../files/gzip/gzip-header.ts';

/** What to drop instead. */
const TAKE_A_DUMP =
  'Drop what ObjectSpace.dump_all writes: require "objspace"; File.open("heap.json", "wb") { |f| ObjectSpace.dump_all(output: f) }';

interface Signature {
  what: string;
  /** Tested on the first 64 KiB, one character a byte. */
  test: RegExp;
  advice?: string;
}

/** In this order: the more special first. */
const SIGNATURES: readonly Signature[] = [
  {
    what: 'a Java heap dump (hprof)',
    test: /^JAVA PROFILE 1\.0\.\d/,
    advice: `Eclipse MAT reads those. ${TAKE_A_DUMP}`,
  },
  {
    what: 'a V8 heap snapshot (.heapsnapshot)',
    test: /^\s*\{\s*"snapshot"\s*:\s*\{/,
    advice: `Chromium's developer tools read those. ${TAKE_A_DUMP}`,
  },
  { what: 'a V8 sampling heap profile', test: /^\s*\{\s*"head"\s*:\s*\{\s*"callFrame"/ },
  {
    what: 'a memory_profiler report',
    test: /^Total allocated:? .*\r?\nTotal retained:?/m,
    advice: `That is a finished report, without objects. ${TAKE_A_DUMP}`,
  },
  { what: 'a Valgrind massif file', test: /^desc: .*\ncmd: /m },
  { what: 'Valgrind output', test: /^==\d+== / },
  { what: 'a DHAT profile', test: /"dhatFileVersion"/ },
  { what: 'a jemalloc heap profile', test: /^heap_v2\// },
  { what: 'a gperftools heap profile', test: /^heap profile: / },
  { what: 'output of GC.stat', test: /^\s*\{\s*:?"?count"?\s*[:=]/ },
  {
    what: 'a web page (HTML)',
    test: /^\s*(<!doctype html|<html)/i,
    advice: `Was a log-in page saved in its place? ${TAKE_A_DUMP}`,
  },
  { what: 'XML', test: /^\s*<\?xml/ },
  {
    what: 'a zstd archive',
    test: /^\(\xb5\/\xfd/,
    advice: 'Unpack it first (zstd -d), or pack it with gzip, which can be opened as it is.',
  },
  {
    what: 'a gzip file that was saved as text',
    test: SAVED_AS_TEXT,
    advice:
      'Its bytes were changed on the way, so nothing in it can be read any more. Copy it again as a binary file: kubectl cp, scp, or curl -o; in PowerShell not with >.',
  },
  { what: 'a ZIP archive', test: /^PK[^ -~]{2}/, advice: 'Unpack it first, and drop the dump in it.' },
  {
    what: 'a bzip2 or xz archive',
    test: /^(BZh\d1AY|\xfd7zXZ)/,
    advice: 'Unpack it first, or pack it with gzip, which can be opened as it is.',
  },
  { what: 'a tar archive', test: /^[\s\S]{257}ustar/, advice: 'Unpack it first, and drop the dump in it.' },
  { what: 'a core dump or a program (ELF)', test: /^\x7fELF/ },
  { what: 'an image', test: /^(\x89PNG|\xff\xd8\xff|GIF8)/ },
  { what: 'a PDF document', test: /^%PDF-/ },
];

/** Says what a file that is no dump looks like, from its first bytes, and what to do. */
export function looksLike(head: Uint8Array, name: string): { what: string; advice: string } {
  const bytes = head.subarray(0, 1 << 16);
  // One character a byte, so that signatures of binary formats can be written as text.
  const text = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  const known = SIGNATURES.find(each => each.test.test(text));
  if (known !== undefined) return { what: known.what, advice: known.advice ?? TAKE_A_DUMP };
  return { what: plainKind(text, name), advice: TAKE_A_DUMP };
}

function plainKind(text: string, name: string): string {
  if (text.includes('\0')) return 'a binary file';
  if (/^\s*[[{]/.test(text)) {
    return /^\s*\{.*\}\s*\n\s*\{/.test(text) ? 'JSON lines of another program' : 'a JSON document';
  }
  return /\.rb$/.test(name) ? 'a Ruby program' : 'plain text';
}
