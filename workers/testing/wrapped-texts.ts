import { Buffer } from 'node:buffer';

// Functions that wrap a text as the programs do through which a dump may go on its way into a file.

const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const TIME = '2026-03-04T05:06:07.000000001Z';

/** A text cut into pieces of the given number of characters. */
function piecesOf(text: string, length: number): string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += length)
    pieces.push(characters.slice(at, at + length).join(''));
  return pieces;
}

/** The lines of a text, each with its line feed. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The output of a container as docker's json-file driver stores it: lines longer than a piece are cut. */
export function dockerLog(text: Uint8Array, pieceLength: number, stderr: readonly string[] = []): Uint8Array {
  const others = [...stderr];
  const entries = linesOf(utf8(text)).flatMap(line => piecesOf(line, pieceLength));
  const lines = entries.flatMap((log, at) => {
    const own = JSON.stringify(
      at % 3 === 0
        ? { attrs: { tag: '{"log":1}' }, time: TIME, stream: 'stdout', log }
        : { log, stream: 'stdout', time: TIME },
    );
    const other = others.shift();
    return other === undefined
      ? [own]
      : [own, JSON.stringify({ log: `${other}\n`, stream: 'stderr', time: TIME })];
  });
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`));
}

/** The same as Kubernetes stores it. The text must end with a line feed. */
export function criLog(text: Uint8Array, pieceBytes: number, stderr: readonly string[] = []): Uint8Array {
  const others = [...stderr];
  // One character per byte, so that pieces are also cut within characters.
  const lines = linesOf(Buffer.from(text).toString('latin1')).flatMap(line => {
    const pieces = piecesOf(line.slice(0, -1), pieceBytes);
    if (pieces.length === 0) pieces.push('');
    return pieces.flatMap((piece, at) => {
      const own = `${TIME} stdout ${at === pieces.length - 1 ? 'F' : 'P'} ${piece}`;
      const other = others.shift();
      return other === undefined ? [own] : [own, `${TIME} stderr F ${other}`];
    });
  });
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
}

/** The text with its long lines cut after a number of bytes. */
export function cutLines(text: Uint8Array, lineBytes: number): Uint8Array {
  const lines = linesOf(Buffer.from(text).toString('latin1')).flatMap(line =>
    piecesOf(line.slice(0, -1), lineBytes),
  );
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
}

/** Lines as a spreadsheet or a database exports them, each as a quoted CSV field. */
export function csv(text: Uint8Array): Uint8Array {
  const fields = linesOf(Buffer.from(text).toString('latin1')).map(
    line => `"${line.slice(0, -1).replaceAll('"', '""')}"\n`,
  );
  return new Uint8Array(Buffer.from(fields.join(''), 'latin1'));
}

/** Coloured keys, as `jq -C` writes them. */
export function coloured(text: Uint8Array): Uint8Array {
  const latin1 = Buffer.from(text).toString('latin1');
  const keys = latin1.replaceAll(/"\w+"(?=:)/g, key => `\x1b[34;1m${key}\x1b[0m\x1b[39m`);
  return new Uint8Array(Buffer.from(keys, 'latin1'));
}

/** Each line as a member of an object nested in the object of its line: `{"result":{"_raw":"text"}}`. */
export function nestedLog(text: Uint8Array): Uint8Array {
  const lines = linesOf(utf8(text)).map(line =>
    JSON.stringify({ result: { host: 'web', _raw: line.slice(0, -1) } }),
  );
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`));
}

/** A text as `String#inspect` in Ruby writes it: valid UTF-8 unchanged, other bytes as `\xNN`. */
export function inspected(text: Uint8Array): Uint8Array {
  const named: Record<string, string> = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\x1b': '\\e',
    '\x07': '\\a',
    '\b': '\\b',
    '\v': '\\v',
    '\f': '\\f',
  };
  const hex = (byte: number) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const bytes = Buffer.from(text);
  const isUtf8 = Buffer.compare(Buffer.from(bytes.toString('utf8')), bytes) === 0;
  const written = (character: string) => {
    const code = character.codePointAt(0)!;
    if (!isUtf8 && code > 0x7e) return hex(code);
    if (isUtf8 && code > 0xffff) return `\\u{${code.toString(16).toUpperCase()}}`;
    if (isUtf8 && code > 0x7e && code % 2 === 0)
      return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return named[character] ?? (code < 0x20 ? hex(code) : character);
  };
  const inside = [...bytes.toString(isUtf8 ? 'utf8' : 'latin1')].map(written).join('');
  return new Uint8Array(Buffer.from(`"${inside.replaceAll(/#(?=[{$@])/g, '\\#')}"`));
}

/** UTF-16, with a byte order mark or without. */
export function utf16(text: Uint8Array, bigEndian: boolean, withMark: boolean): Uint8Array {
  const bytes = Buffer.from(`${withMark ? '\ufeff' : ''}${utf8(text)}`, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}

/** Base64 in lines, as the program of that name writes it. */
export function base64(bytes: Uint8Array, lineLength: number): Uint8Array {
  return new Uint8Array(
    Buffer.from(`${piecesOf(Buffer.from(bytes).toString('base64'), lineLength).join('\n')}\n`),
  );
}

/** A member of a tar archive (ustar): its header, bytes and padding. `type`: `0` a file, `5` a folder, `x` pax. */
export function tarMember(name: string, bytes: Uint8Array, type = '0'): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return new Uint8Array(Buffer.concat([header, bytes, Buffer.alloc(-bytes.length & 511)]));
}
