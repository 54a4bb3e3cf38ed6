import { describe, expect, it } from 'vitest';
import { formatBytes, formatExactBytes } from './bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from './counts.ts';
import { formatDuration, formatRemaining } from './durations.ts';
import { cutMiddle, manyLines, oneLine } from './names.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [40, '40 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [62_669, '61.2 KiB'],
    [1_048_064, '1.00 MiB'],
    [18_488_813, '17.6 MiB'],
    [101_752_692, '97.0 MiB'],
    [5 * 1024 ** 3, '5.00 GiB'],
    [-2048, '\u22122.00 KiB'],
  ])('%d → %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

  it('shows three significant digits, four just below the next unit', () => {
    for (let bytes = 1024; bytes < 1e12; bytes = Math.ceil(bytes * 1.013)) {
      const number = formatBytes(bytes).replace(/[^0-9.]/g, '');
      expect(number.replace('.', '').length).toBe(Number(number) >= 1000 ? 4 : 3);
      expect(Number(number)).toBeLessThan(1024);
    }
  });

  it('is exact on request', () => {
    expect(formatExactBytes(18_488_813)).toBe('18,488,813 bytes');
    expect(formatExactBytes(1)).toBe('1 byte');
  });
});

describe('counts and shares', () => {
  it('separates thousands and counts nouns', () => {
    expect(formatCount(381_682)).toBe('381,682');
    expect([0, 7, 999, 1000, 1_234_567, -40, -1000].map(formatCount)).toEqual([
      '0',
      '7',
      '999',
      '1,000',
      '1,234,567',
      '-40',
      '-1,000',
    ]);
    expect(formatCountOf(1, 'class', 'classes')).toBe('1 class');
    expect(formatCountOf(12_480, 'object')).toBe('12,480 objects');
  });

  it.each([
    [0, '0 %'],
    [0.0001, '< 0.1 %'],
    [0.0237, '2.4 %'],
    [0.18, '18 %'],
    [0.9999, '99.9 %'],
    [1, '100 %'],
  ])('%d → %s', (share, text) => expect(plain(formatShare(share))).toBe(text));

  it('has no share of nothing', () => expect(shareOf(3, 0)).toBe(0));
});

describe('durations', () => {
  it.each([
    [12, '12 ms'],
    [4210, '4.2 s'],
    [59_900, '60 s'],
    [72_000, '1 min 12 s'],
  ])('%d → %s', (duration, text) => expect(plain(formatDuration(duration))).toBe(text));

  it('rounds the time left upwards in steps', () => {
    expect(plain(formatRemaining(400))).toBe('less than 1 s left');
    expect(plain(formatRemaining(4200))).toBe('about 5 s left');
    expect(plain(formatRemaining(41_000))).toBe('about 45 s left');
  });
});

describe('names', () => {
  it('keeps the last part of a class', () => {
    expect(cutMiddle('User', 20)).toBe('User');
    expect(cutMiddle('ActiveRecord::ConnectionAdapters::LazyAttributeHash', 36)).toBe(
      'ActiveRecord::\u2026::LazyAttributeHash',
    );
    expect(cutMiddle('ActiveRecord::ConnectionAdapters::LazyAttributeHash', 22)).toBe(
      'Ac\u2026::LazyAttributeHash',
    );
    expect(cutMiddle('(internal) ObjectTracing/allocation_info_tracer', 36)).toBe(
      '(internal) O\u2026/allocation_info_tracer',
    );
  });

  it('keeps more of the end of a path where it fits', () => {
    expect(cutMiddle('app/models/concerns/billing/invoice.rb:120', 30)).toBe(
      'app/\u2026/billing/invoice.rb:120',
    );
  });

  it('never exceeds the length asked for', () => {
    for (const name of ['x'.repeat(200), 'A::'.repeat(50), '/very/long'.repeat(9), '::', 'A::B']) {
      for (let length = 5; length < 60; length++)
        expect(cutMiddle(name, length).length).toBeLessThanOrEqual(length);
    }
  });

  it('shows control characters', () => expect(oneLine('a\nb\u0000\u202ec')).toBe('a\\nb\\u0000\\u202ec'));
  it('shows characters that have no width or change the text direction', () =>
    expect(oneLine('\u200fa\u0085\u2028b\u200b\ufeff\u2067')).toBe(
      '\\u200fa\\u0085\\u2028b\\u200b\\ufeff\\u2067',
    ));
  it('keeps joiners of scripts and emoji', () =>
    expect(oneLine('\u200c \u{1f469}\u200d\u{1f692}')).toBe('\u200c \u{1f469}\u200d\u{1f692}'));
  it('keeps line breaks and tabs in multi-line text', () =>
    expect(manyLines('a\r\n\tb\u202e')).toBe('a\\r\n\tb\\u202e'));
});
