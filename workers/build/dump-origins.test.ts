import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allowOrigins, dumpOrigins } from './dump-origins.ts';

const INDEX = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');

it('adds origins to connect-src in the policy of the page, and nowhere else', () => {
  const origins = dumpOrigins(' https://dumps.example.com  http://localhost:8080 ');
  expect(origins).toEqual(['https://dumps.example.com', 'http://localhost:8080']);
  const html = allowOrigins(INDEX, origins);
  expect(html).toContain("connect-src 'self' https://dumps.example.com http://localhost:8080;");
  expect(html.replace(' https://dumps.example.com http://localhost:8080', '')).toBe(INDEX);
  expect(allowOrigins(INDEX, dumpOrigins(''))).toBe(INDEX);
});

it.each([
  'dumps.example.com',
  'https://dumps.example.com/',
  'https://*.example.com/a',
  'https://a.com;script-src',
  '*',
])('refuses %s, which is no origin', text => expect(() => dumpOrigins(text)).toThrow(/is no origin/));
