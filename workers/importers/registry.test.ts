import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openStored } from '../files/open-source.ts';
import { blobBytes } from '../files/stored-bytes.ts';
import { scanHere } from '../loading/scan.ts';
import { type Problem, ProblemError } from '../protocol/errors.ts';
import { tarMember } from '../testing/wrapped-texts.ts';

/** The problem reported for a file that cannot be opened. */
async function refusal(bytes: Uint8Array | string, name = 'heap.json'): Promise<Problem> {
  const source = await openStored(blobBytes(new Blob([bytes as BlobPart]), name));
  try {
    await scanHere(source, () => undefined);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it was opened');
}

const hex = (digits: string) =>
  new Uint8Array(Buffer.from(digits.replaceAll(' ', '').padEnd(600, '5a'), 'hex'));
const tar = () => tarMember('notes.txt', new Uint8Array(Buffer.from('nothing')));

describe('a file that is not a dump', () => {
  it('is identified by its first bytes, with advice', async () => {
    const files: [bytes: Uint8Array | string, what: string, advice: string][] = [
      [hex('28b52ffd'), 'a zstd archive', 'zstd -d'],
      [hex('504b0304'), 'a ZIP archive', 'unzip'],
      [hex('425a6839314159265359'), 'a bzip2 archive', 'bunzip2'],
      [hex('fd377a585a00'), 'an xz archive', 'unxz'],
      [hex('04224d1864'), 'an lz4 archive', 'lz4 -d'],
      [hex('377abcaf271c0004'), 'a 7-Zip archive', '7z x'],
      [hex('526172211a0701'), 'a RAR archive', 'unrar'],
      [tar(), 'a tar archive without a heap dump', 'tar xf'],
      [new Uint8Array(gzipSync(tar())), 'a tar archive without a heap dump', 'tar xf'],
      [tarMember('image.xz', hex('fd377a585a00')), 'a tar archive without a heap dump', 'tar xf'],
      [hex('85010c03'), 'a PGP message (GnuPG)', 'gpg -d'],
      ['-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n', 'a PGP message', 'gpg -d'],
      ['age-encryption.org/v1\n-> X25519 x\n', 'a file encrypted with age', 'age -d'],
      ['-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n', 'a file encrypted with age', 'age -d'],
      ['SQLite format 3\0', 'an SQLite database', 'ObjectSpace.dump_all'],
      [hex('7f454c46020101000000000000000000 0400'), 'a core dump of a process (ELF)', 'gdb'],
      [hex('7f454c46020101000000000000000000 0300'), 'a program or library (ELF)', 'ObjectSpace.dump_all'],
      [hex('1fefbfbd0800'), 'a gzip file that was saved as text', 'Copy it again'],
      ['JAVA PROFILE 1.0.2\0', 'a Java heap dump (hprof)', 'Eclipse MAT'],
      ['{"snapshot":{"meta":{}}}', 'a V8 heap snapshot (.heapsnapshot)', 'developer tools'],
      [
        '{"log":"Started\\n","stream":"stdout"}\n',
        "the log of a container (docker's json-file driver)",
        'dump_all',
      ],
      [hex('789c'), 'a zlib stream', 'Zlib.inflate'],
      ['{&quot;address&quot;: &quot;0x7f28&quot;}', 'a dump escaped for HTML', 'CGI.unescapeHTML'],
      ['%7B%22address%22%3A%220x7f28%22%7D', 'a dump escaped for a URL', 'URI.decode'],
      ['{"address"=>"0x7f28", "type"=>"STRING"}', "records as Ruby's inspect prints them", 'to_json'],
      ['{:address=>"0x7f28"}\n', "records as Ruby's inspect prints them", 'to_json'],
      ['[{address: "0x7f28", type: "STRING"}]', "records as Ruby's inspect prints them", 'to_json'],
      ["{'address': '0x7f28', 'type': 'STRING'}\n", 'records as Python prints them', 'json.dumps'],
      ['{“address”:“0x7f28”}', 'a dump whose quotes a word processor changed', 'sed'],
      ['- address: "0x7f28"\n  type: STRING\n', 'a dump written as YAML', 'to_json'],
      ['00000000: 1f8b 0800 d2f3 4968 0003  ....\n', 'a hex dump', 'xxd -r FILE'],
      [`1f8b0800${'0123456789abcdef'.repeat(9)}\n`, 'hexadecimal text', 'xxd -r -p'],
      ['begin 644 heap.json.gz\nM\n`\nend\n', 'uuencoded text', 'uudecode'],
      [`${'D6FQQAH2'.repeat(9)}\n`, 'base32 text', 'base32 -d'],
      ['{"a":1}\n{"a":2}\n', 'JSON lines of another program', 'dump_all'],
      ['{"address":"12 Main Street","type":"HOUSE"}', 'a JSON document', 'dump_all'],
      ['hello', 'plain text', 'dump_all'],
      [hex('0001'), 'a binary file', 'dump_all'],
    ];
    for (const [bytes, what, advice] of files) {
      const problem = await refusal(bytes);
      expect(problem).toMatchObject({ code: 'not-a-dump', looksLike: what });
      expect(problem.message).toBe(`This isn't a Ruby heap dump. It looks like ${what}.`);
      expect(problem.advice).toContain(advice);
    }
  });

  it('is read to its end before it is refused, unless its first bytes identify it', async () => {
    const text = 'nothing to be found here\n'.repeat(100_000);
    expect((await refusal(text)).advice).toMatch(/^No record of a heap dump was found in 2,500,000 bytes/);
    const packed = await refusal(new Uint8Array(Buffer.concat([hex('28b52ffd'), Buffer.from(text)])));
    expect(packed.advice).not.toContain('bytes');
  });

  it('is never opened as an empty heap: a file is refused if none of its records can be read', async () => {
    const problem = await refusal('INFO {"address":"0x7f\nDEBUG\n');
    expect(problem).toMatchObject({ code: 'not-a-dump' });
    expect(problem.message).toContain('None of the records');
    // The roots can be read, but none of the objects.
    const number = '{"address":4096, "type":"STRING", "memsize":40}\n';
    const roots = '{"type":"ROOT", "root":"vm", "references":["0x1000"]}\n';
    expect(await refusal(roots + number)).toMatchObject({
      message: expect.stringContaining('None of the records'),
      advice: expect.stringContaining('such as "0x7f2a40000008"'),
    });
    expect((await refusal('')).code).toBe('empty-file');
    expect((await refusal(new Uint8Array(gzipSync('')))).code).toBe('empty-file');
  });

  it('is recognized as a part of a split dump only by both its name and its beginning', async () => {
    const record = '"0x7f0000000028"]}\n{"address":"0x7f0000000028", "type":"STRING", "memsize":40}\n';
    expect((await refusal(record, 'heap.json.partab')).message).toBe('This is part ab of a split dump.');
    expect((await refusal(hex('9a0001'), 'heap.json.gz.ab')).message).toBe(
      'This is part ab of a split dump.',
    );
    expect((await refusal(new Uint8Array(600).fill(0x1a), 'xab')).message).toBe(
      'This is part ab of a split dump.',
    );
    await expect(refusal(record, 'heap.json')).rejects.toThrow('it was opened');
    await expect(refusal(record.slice(19), 'heap.json.partab')).rejects.toThrow('it was opened');
  });
});
