import { describe, expect, test } from 'vitest';
import { fixtureText, open } from '../testing/profiles/read-text.ts';
import type { Opened } from './model/profile.ts';
import { profileReport } from './report.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const lines = (text: string) => text.replace(/\n$/, '').split('\n');
const each = (text: string, of: (line: string, at: number) => string) =>
  bytes(`${lines(text).map(of).join('\n')}\n`);

/** Changes that programs and people make to a report on its way. */
const WRAPPED: Record<string, (text: string) => Uint8Array> = {
  'line ends of Windows': text => bytes(text.replaceAll('\n', '\r\n')),
  'UTF-16 of PowerShell': text => {
    const units = Uint16Array.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, char => char.charCodeAt(0));
    return new Uint8Array(units.buffer);
  },
  'docker json-file': text =>
    each(text, line => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-01-01T00:00:00Z' })),
  Kubernetes: text => each(text, line => `2024-01-01T00:00:00.000000000Z stdout F ${line}`),
  'docker compose': text => each(text, line => `web-1  | ${line}`),
  Heroku: text => each(text, line => `2024-01-01T00:00:00.1+00:00 app[web.1]: ${line}`),
  syslog: text => each(text, line => `Nov 27 22:10:49 host puma[123]: ${line}`),
  quoted: text => each(text, line => `> ${line}`),
  indented: text => each(text, line => (line === '' ? '' : `    ${line}`)),
  'blanks at the ends of lines': text => each(text, line => `${line}   `),
};

/** The contents of a report, without notes on how it was read. */
function content(opened: Opened) {
  const { notes: _, ...report } = profileReport(opened, 1000);
  return report;
}

describe.each(['memory-profiler.txt', 'derailed-bundle-mem.txt', 'massif.out'])('%s', name => {
  test.each(Object.keys(WRAPPED))('is read through %s', async wrapping => {
    const text = fixtureText(name);
    const plain = await open(text);
    const wrapped = await open(WRAPPED[wrapping]!(text));
    expect(content(wrapped)).toEqual(content(plain));
  });
});

test('says through which layers a text was read, and reports unknown contents', async () => {
  const { notes } = await open(WRAPPED.Kubernetes!(fixtureText('derailed-bundle-mem.txt')));
  expect(notes[0]).toBe('Read through: Kubernetes container log (CRI).');
  await expect(open(WRAPPED['docker compose']!('Dumping heap profile to a.0001.heap\n\n'))).rejects.toThrow(
    'it looks like messages of gperftools',
  );
});

test('shows one of several reports in a file, and adds none up', async () => {
  for (const name of ['derailed-bundle-mem.txt', 'massif.out', 'heaptrack.gz']) {
    const text = fixtureText(name);
    const [once, twice] = [await open(text), await open(`${text}\n${text}`)];
    expect(content(twice)).toEqual(content(once));
    expect(twice.notes[0]).toMatch(/^The file has 2 reports: shown is the first/);
  }
});

test('a series keeps the times of the log that contains it', async () => {
  const log = Array.from({ length: 3 }, (_, at) => `2024-01-01T00:00:0${at}Z stdout F rss=${1000 + at}`);
  const opened = await open(log.join('\n'));
  expect(opened.kind === 'series' && [...opened.series.x.values]).toEqual([0, 1, 2]);
});
