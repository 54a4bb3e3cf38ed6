import type { Kind } from './binary-kinds.ts';
import { TAKE_A_DUMP } from './take-a-dump.ts';

interface Signature {
  what: string;
  /** Tested on the first 64 KiB, one character a byte. */
  test: RegExp;
  advice?: string;
}

/** Text formats, tried where no record was found in all of the text. In this order: the more special first. */
const TEXT: readonly Signature[] = [
  {
    what: 'a V8 heap snapshot (.heapsnapshot)',
    test: /^\s*\{\s*"snapshot"\s*:\s*\{/,
    advice: `Chromium's developer tools read those. ${TAKE_A_DUMP}`,
  },
  { what: 'a V8 sampling heap profile', test: /^\s*\{\s*"head"\s*:\s*\{\s*"callFrame"/ },
  {
    what: 'a web page (HTML)',
    test: /^\s*(<!doctype html|<html)/i,
    advice: `Was a log-in page saved in its place? ${TAKE_A_DUMP}`,
  },
  { what: 'XML', test: /^\s*<\?xml/ },
  {
    what: 'a PGP message',
    test: /^-----BEGIN PGP MESSAGE-----/m,
    advice: 'Decrypt it first (gpg -d FILE > heap.json) and drop what comes out.',
  },
  {
    what: 'a file encrypted with age',
    test: /^-----BEGIN AGE ENCRYPTED FILE-----/m,
    advice: 'Decrypt it first (age -d -i KEY FILE > heap.json) and drop what comes out.',
  },
  {
    what: 'a pointer of Git LFS to a file',
    test: /^version https:\/\/git-lfs\.github\.com\/spec\//,
    advice: 'Fetch the file itself (git lfs pull) and drop that.',
  },
  {
    what: "the log of a container (docker's json-file driver)",
    test: /^\{"log":"/,
    advice: `There is no dump in it. ${TAKE_A_DUMP}`,
  },
  {
    what: 'base64 text',
    test: /^(?:[\w+/-]{40,}\r?\n){2,}[\w+/-]*={0,2}\s*/,
    advice: 'Decode it first (base64 -d FILE > heap.json) and drop what comes out.',
  },
];

/** Says what a text without a record looks like, from its beginning, and what to do. */
export function looksLike(head: Uint8Array, name: string): Kind {
  const text = characters(head.subarray(0, 1 << 16));
  const known = TEXT.find(each => each.test.test(text));
  if (known !== undefined) return { what: known.what, advice: known.advice ?? TAKE_A_DUMP };
  return { what: plainKind(text, name), advice: TAKE_A_DUMP };
}

/** One character a byte, as in patterns for text of any encoding. */
function characters(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

function plainKind(text: string, name: string): string {
  if (text.includes('\0')) return 'a binary file';
  if (/^\s*[[{]/.test(text)) {
    return /^\s*\{.*\}\s*\n\s*\{/.test(text) ? 'JSON lines of another program' : 'a JSON document';
  }
  return /\.rb$/.test(name) ? 'a Ruby program' : 'plain text';
}
