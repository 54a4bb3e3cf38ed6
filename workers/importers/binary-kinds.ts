import { SAVED_AS_TEXT } from '../files/gzip/gzip-header.ts';
import { TAKE_A_DUMP } from './take-a-dump.ts';

/** What a file is, and what to do with it. */
export interface Kind {
  what: string;
  advice: string;
}

interface Signature {
  what: string;
  /** Possible first bytes: two hex digits per byte, `..` for any byte. */
  magic: readonly string[];
  advice?: string;
}

/** Advice for a compressed file. */
function unpack(command: string): string {
  return `Unpack it first (${command}) and drop what comes out. Files packed with gzip or zstd can be dropped as they are.`;
}

function ascii(text: string): string {
  return Array.from(text, character => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

const ANY = '..';
const SIGNATURES: readonly Signature[] = [
  {
    what: 'a Java heap dump (hprof)',
    magic: [ascii('JAVA PROFILE 1.0.')],
    advice: `Eclipse MAT reads those. ${TAKE_A_DUMP}`,
  },
  { what: 'a zstd archive', magic: ['28b52ffd', '27b52ffd', '26b52ffd'], advice: unpack('zstd -d FILE') },
  { what: 'a ZIP archive', magic: ['504b0304', '504b0506', '504b0708'], advice: unpack('unzip FILE') },
  {
    what: 'a bzip2 archive',
    magic: [`425a68${ANY}314159265359`, `425a68${ANY}177245385090`],
    advice: unpack('bunzip2 FILE'),
  },
  { what: 'an xz archive', magic: ['fd377a585a00'], advice: unpack('unxz FILE') },
  // Properties, the size of the dictionary, an unknown size of the text, and the first byte of data, which is always 0.
  {
    what: 'an lzma archive',
    magic: [`5d0000${ANY.repeat(2)}ffffffffffffffff00`],
    advice: unpack('unlzma FILE'),
  },
  { what: 'an lzip archive', magic: ['4c5a495001'], advice: unpack('lzip -d FILE') },
  {
    what: 'a zlib stream',
    magic: ['7801', '789c', '78da'],
    advice: unpack("ruby -rzlib -e 'print Zlib.inflate(STDIN.binmode.read)' < FILE > heap.json"),
  },
  { what: 'an lzop archive', magic: ['894c5a4f000d0a1a0a'], advice: unpack('lzop -d FILE') },
  { what: 'an lz4 archive', magic: ['04224d18', '02214c18'], advice: unpack('lz4 -d FILE heap.json') },
  { what: 'a Snappy archive', magic: [`ff060000${ascii('sNaPpY')}`], advice: unpack('snzip -d FILE') },
  { what: 'a 7-Zip archive', magic: ['377abcaf271c'], advice: unpack('7z x FILE') },
  { what: 'a RAR archive', magic: ['526172211a07'], advice: unpack('unrar x FILE') },
  { what: 'a file packed by compress (.Z)', magic: ['1f9d', '1fa0'], advice: unpack('uncompress FILE') },
  { what: 'a cpio archive', magic: [ascii('070701'), ascii('070707')], advice: unpack('cpio -id < FILE') },
  {
    what: 'a file encrypted with age',
    magic: [ascii('age-encryption.org/v1\n')],
    advice: 'Decrypt it first (age -d -i KEY FILE > heap.json) and drop what comes out.',
  },
  {
    what: 'a file encrypted by OpenSSL',
    magic: [ascii('Salted__')],
    advice:
      'Decrypt it first (openssl enc -d, with the cipher that it was made with) and drop what comes out.',
  },
  {
    what: 'a PGP message (GnuPG)',
    // A message begins with the packet of a session key: version 3 for a public key, version 4 for a password.
    magic: [`84${ANY}03`, `85${ANY}${ANY}03`, `8c${ANY}04`, `c1${ANY}03`, `c1${ANY}${ANY}03`, `c3${ANY}04`],
    advice: 'Decrypt it first (gpg -d FILE > heap.json) and drop what comes out.',
  },
  { what: 'an SQLite database', magic: [ascii('SQLite format 3\0')] },
  {
    what: 'a core dump of a process (ELF)',
    magic: [`7f454c46${ANY}01${ANY.repeat(10)}0400`, `7f454c46${ANY}02${ANY.repeat(10)}0004`],
    advice: `gdb reads those. ${TAKE_A_DUMP}`,
  },
  { what: 'a program or library (ELF)', magic: ['7f454c46'] },
  { what: 'a program or library (Mach-O)', magic: ['cffaedfe', 'cefaedfe'] },
  { what: 'a Windows crash dump (minidump)', magic: ['4d444d5093a7'] },
  { what: 'a WebAssembly module', magic: ['0061736d01'] },
  { what: 'a recording of perf', magic: [ascii('PERFILE2')] },
  { what: 'an image', magic: ['89504e47', 'ffd8ff', ascii('GIF87a'), ascii('GIF89a')] },
  { what: 'a PDF document', magic: [ascii('%PDF-')] },
  {
    what: 'what Marshal.dump of Ruby writes',
    magic: ['5b', '7b', '49', '6f', '22', '55'].map(type => `0408${type}`),
  },
];

const GZIP_AS_TEXT: Kind = {
  what: 'a gzip file that was saved as text',
  advice:
    'Its bytes were changed on the way, so nothing in it can be read any more. Copy it again as a binary file: kubectl cp, scp, or curl -o; in PowerShell not with >.',
};

/** What a file certainly is, judged by its first bytes; null if it is in no known binary format. */
export function binaryKind(head: Uint8Array): Kind | null {
  if (SAVED_AS_TEXT.test(String.fromCharCode(...head.subarray(0, 100)))) return GZIP_AS_TEXT;
  const signature = SIGNATURES.find(({ magic }) => magic.some(each => begins(head, each)));
  return signature === undefined ? null : { what: signature.what, advice: signature.advice ?? TAKE_A_DUMP };
}

function begins(head: Uint8Array, magic: string): boolean {
  if (head.length * 2 < magic.length) return false;
  for (let at = 0; at < magic.length; at += 2) {
    const wanted = magic.slice(at, at + 2);
    if (wanted !== ANY && Number.parseInt(wanted, 16) !== head[at / 2]) return false;
  }
  return true;
}
