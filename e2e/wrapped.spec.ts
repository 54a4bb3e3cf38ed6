import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readOracleDump } from '../workers/testing/oracle-ruby-dump.ts';
import { criLog, dockerLog, utf16 } from '../workers/testing/wrapped-texts.ts';
import { App, fixture, textFile } from './app-driver.ts';

const count = (value: number) => value.toLocaleString('en-US');

test('a dump in a container log opens with a note, and shows records', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const oracle = readOracleDump(bytes);
  await app.openWith({ name: 'web-json.log', bytes: dockerLog(bytes, 16_384, ['warning: slow']) });
  await expect(app.figure('Objects')).toHaveText(count(oracle.objects.length));
  const main = page.getByRole('main');
  await expect(main.getByText('Read through: docker json-file log.')).toBeVisible();
  await expect(main.getByText('warning: slow')).toBeVisible();
  // Records are read again, at offsets in the text within the log.
  await app.goTo('Objects');
  await main.getByRole('row').nth(1).click();
  await app.inspector.getByText(/^Raw record/).click();
  await expect(app.inspector.getByText(/^\{"address":"0x/)).toBeVisible();
});

test('a dump written by PowerShell, and split lines of Kubernetes, open completely', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.3-wasm');
  const objects = count(readOracleDump(bytes).objects.length);
  const text = new TextEncoder().encode(new TextDecoder().decode(bytes));
  await app.openWith({ name: 'heap.json', bytes: utf16(text, false, true) });
  await expect(page.getByText('Read through: UTF-16.')).toBeVisible();
  await expect(app.figure('Objects')).toHaveText(objects);
  await app.drop({ name: '0.log', bytes: criLog(bytes, 16_384) });
  await expect(page.getByText('Read through: Kubernetes container log (CRI).')).toBeVisible();
  await expect(app.figure('Objects')).toHaveText(objects);
});

test('the parts of a split dump open as one; a single part is reported as such', async ({ page }) => {
  const app = new App(page);
  const { bytes } = fixture('ruby-3.1');
  const part = (name: string, from: number, to?: number) => ({ name, bytes: bytes.subarray(from, to) });
  const parts = [
    part('heap.json.partac', 250_000),
    part('heap.json.partaa', 0, 120_000),
    part('heap.json.partab', 120_000, 250_000),
  ];
  await app.openWith(parts[2]!);
  await expect(page.getByText('This is part ab of a split dump.')).toBeVisible();
  await app.drop(...parts);
  await expect(page.getByText('heap.json (3 parts)').first()).toBeVisible();
  await expect(app.figure('Objects')).toHaveText(count(readOracleDump(bytes).objects.length));
  await app.drop(parts[0]!, parts[1]!);
  await expect(page.getByText('Part ab of the split dump is missing.')).toBeVisible();
  // The message about the part alone disappeared when the whole dump opened.
  await expect(page.getByText('Your open dumps are unchanged')).toHaveCount(1);
});

test('a folder opens its dumps, and lists files that are not dumps', async ({ page }, testInfo) => {
  const app = new App(page);
  const folder = testInfo.outputPath('dumps');
  mkdirSync(join(folder, 'monday'), { recursive: true });
  for (const [path, name] of [
    ['first.json', 'ruby-3.1'],
    ['monday/second.json.gz', 'ruby-3.3-wasm'],
  ] as const) {
    writeFileSync(join(folder, path), fixture(name, { packed: path.endsWith('.gz') }).bytes);
  }
  writeFileSync(join(folder, 'notes.txt'), textFile('notes.txt', 'buy milk').bytes);
  writeFileSync(join(folder, '.DS_Store'), 'hidden');
  await app.open();
  await app.dropPath(folder);
  await expect(page.getByText('Not everything in the folder dumps was opened')).toBeVisible();
  await expect(
    page.getByText('3 files were found, 2 of them to open. No heap dumps: notes.txt (plain text).'),
  ).toBeVisible();
  await expect(page.getByText('first.json').first()).toBeVisible();
  await expect(page.getByText('monday/second.json.gz').first()).toBeVisible();
});
