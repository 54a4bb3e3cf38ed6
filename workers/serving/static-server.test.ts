import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rangeOf } from './served-content.ts';
import { serveFolder } from './static-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'heapscape-served-'));
writeFileSync(join(folder, 'index.html'), '<p>page');
writeFileSync(join(folder, 'digits.txt'), '0123456789');
writeFileSync(join(folder, 'empty.txt'), '');

let port = 0;
let close: () => void;
beforeAll(async () => {
  const options = { base: '/secret/', hostNames: ['127.0.0.1'], redirects: new Map([['door', '#dump=./a']]) };
  const server = await serveFolder({ folder, port: 0, host: '127.0.0.1', ...options });
  port = (server.address() as AddressInfo).port;
  close = () => server.close();
});
afterAll(() => {
  close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    })
      .on('error', reject)
      .end();
  });
}

it('serves files, and the index of a folder', async () => {
  expect(await get('/secret/')).toMatchObject({ status: 200, text: '<p>page' });
  const digits = await get('/secret/digits.txt');
  expect(digits).toMatchObject({ status: 200, text: '0123456789' });
  expect(digits.headers).toMatchObject({ 'content-length': '10', 'accept-ranges': 'bytes' });
  expect(await get('/secret/digits.txt', {}, 'HEAD')).toMatchObject({ status: 200, text: '' });
});

it('serves ranges', async () => {
  const part = await get('/secret/digits.txt', { range: 'bytes=2-4' });
  expect(part).toMatchObject({ status: 206, text: '234' });
  expect(part.headers['content-range']).toBe('bytes 2-4/10');
  expect(await get('/secret/digits.txt', { range: 'bytes=8-' })).toMatchObject({ status: 206, text: '89' });
  expect(await get('/secret/digits.txt', { range: 'bytes=10-' })).toMatchObject({ status: 416 });
  expect(await get('/secret/empty.txt', { range: 'bytes=0-0' })).toMatchObject({ status: 416 });
  const other = { range: 'bytes=2-4', 'if-range': '"other"' };
  expect(await get('/secret/digits.txt', other)).toMatchObject({ status: 200, text: '0123456789' });
});

it('redirects to the page with its fragment', async () => {
  const { status, headers } = await get('/secret/door');
  expect([status, headers.location]).toEqual([302, '/secret/#dump=./a']);
});

it.each([
  ['without the secret', '/digits.txt', {}, 404],
  ['outside the folder', '/secret/..%2f..%2fetc%2fpasswd', {}, 403],
  ['of what is not there', '/secret/nothing', {}, 404],
  ['with a broken escape', '/secret/%ff%', {}, 400],
  ['under the name of another site', '/secret/', { host: 'evil.example:1' }, 403],
])('refuses a request %s', async (_what, path, headers, status) => {
  expect((await get(path, headers)).status).toBe(status);
});

it('refuses other methods than GET and HEAD', async () => {
  expect((await get('/secret/', {}, 'POST')).status).toBe(405);
});

it.each([
  [undefined, null],
  ['bytes=0-0', [0, 1]],
  ['bytes=5-100', [5, 10]],
  ['bytes=-3', [7, 10]],
  ['bytes=-30', [0, 10]],
  ['bytes=-0', 'outside'],
  ['bytes=10-', 'outside'],
  ['bytes=4-2', null],
  ['bytes=0-1,3-4', null],
  ['bytes=-', null],
  ['lines=1-2', null],
])('reads the range %s of ten bytes', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range);
});
