import type { Kind } from './binary-kinds.ts';
import { TAKE_A_DUMP } from './take-a-dump.ts';

interface Signature {
  what: string;
  /** Tested on the first 64 KiB, with one character per byte. */
  test: RegExp;
  advice?: string;
}

/** Advice to undo what another program did to the text of a dump. */
function undo(command: string): string {
  return `Undo that (${command}) and drop what comes out.`;
}

/** Text formats, tried when no record was found in the whole text. More specific ones come first. */
const TEXT: readonly Signature[] = [
  {
    what: 'a dump escaped for HTML',
    test: /(&quot;|&#34;|&#x22;)address\1\s*:\s*\1(?:0x)/i,
    advice: undo("ruby -rcgi -e 'print CGI.unescapeHTML($<.read)' FILE > heap.json"),
  },
  {
    what: 'a dump escaped for a URL',
    test: /%22address%22%3A(?:%20|\+)*%220x/i,
    advice: undo("ruby -ruri -e 'print URI.decode_www_form_component($<.read)' FILE > heap.json"),
  },
  {
    what: 'a dump written as YAML',
    test: /^(?:- |\s+)"?address"?: ["']?0x/im,
    advice:
      "Write it as JSON (ruby -ryaml -rjson -e 'YAML.load($<.read).each { |record| puts record.to_json }' FILE > heap.json) and drop what comes out.",
  },
  {
    what: "records as Ruby's inspect prints them",
    test: /(?:"address"|:address)\s*=>\s*"0x|\baddress: "0x/i,
    advice:
      'That is no JSON. Drop the file that the records were read from, or write each with puts record.to_json.',
  },
  {
    what: 'records as Python prints them',
    test: /'address'\s*:\s*'0x/i,
    advice:
      'That is no JSON. Drop the file that the records were read from, or write each with print(json.dumps(record)).',
  },
  {
    what: 'a dump whose quotes a word processor changed',
    test: /\xe2\x80[\x9c\x9d]address\xe2\x80[\x9c\x9d]\s*:/,
    advice: undo("sed 's/[“”]/\"/g' FILE > heap.json"),
  },
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
    what: 'a hex dump',
    test: /^[0-9a-f]{7,8}:? +(?:[0-9a-f]{2,4} +){4}/i,
    advice: undo('xxd -r FILE > heap.json'),
  },
  {
    what: 'hexadecimal text',
    test: /^\s*(?:1f8b08|7b22)[0-9a-f\s]{40,}$/i,
    advice: undo('xxd -r -p FILE > heap.json'),
  },
  {
    what: 'uuencoded text',
    test: /^begin [0-7]{3,4} \S/m,
    advice: undo('uudecode FILE'),
  },
  {
    what: 'base32 text',
    test: /^(?:[A-Z2-7]{16,}\r?\n)*[A-Z2-7]{40,}=*\s*$/,
    advice: undo('base32 -d FILE > heap.json'),
  },
  {
    what: 'base64 text',
    test: /^(?:[\w+/-]{40,}\r?\n){2,}[\w+/-]*={0,2}\s*/,
    advice: 'Decode it first (base64 -d FILE > heap.json) and drop what comes out.',
  },
];

/**
 * Characters that text does not contain: control characters other than tabs, line ends, form feeds and terminal
 * escapes.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is a search for control characters.
const CONTROL_CHARACTER = /[\0-\x06\x0e-\x1a\x1c-\x1f]/;

/** Whether a file is binary, judged by its beginning. */
export function isBinary(head: Uint8Array): boolean {
  return CONTROL_CHARACTER.test(characters(head.subarray(0, 1 << 16)));
}

/** What a text without a record looks like, judged by its beginning, and what to do. */
export function looksLike(head: Uint8Array, name: string): Kind {
  const text = characters(head.subarray(0, 1 << 16));
  const known = TEXT.find(each => each.test.test(text));
  if (known !== undefined) return { what: known.what, advice: known.advice ?? TAKE_A_DUMP };
  return { what: plainKind(text, name), advice: TAKE_A_DUMP };
}

/** One character per byte, for patterns on text of any encoding. */
function characters(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

function plainKind(text: string, name: string): string {
  if (CONTROL_CHARACTER.test(text)) return 'a binary file';
  if (/^\s*[[{]/.test(text)) {
    return /^\s*\{.*\}\s*\n\s*\{/.test(text) ? 'JSON lines of another program' : 'a JSON document';
  }
  return /\.rb$/.test(name) ? 'a Ruby program' : 'plain text';
}
