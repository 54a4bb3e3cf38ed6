import { expect, test } from '@playwright/test';
import { VIEWS } from '../src/state/view-list.ts';
import { IMPORTERS } from '../workers/importers/registry.ts';
import { HeapSession } from '../workers/service/heap-session.ts';
import { toyImporter } from '../workers/testing/toy-format.ts';
import { App, type DroppedFile } from './app-driver.ts';

const HEAP = `TOY HEAP
{"root":"globals", "objects":[2, 5]}
{"type":"shape", "bytes":16, "name":"Point"}
{"type":"shape", "bytes":24, "name":"Line", "references":[0]}
{"type":"cell", "bytes":24, "class":1, "references":[3], "edges":[{"kind":"weak", "name":"label"}], "generation":3, "site":{"file":"main.toy", "line":3}}
{"type":"rope", "bytes":152, "references":[], "length":17, "text":"start of the line"}
{"type":"cell", "bytes":24, "class":0, "references":[2], "generation":4, "site":{"file":"main.toy", "line":4}}
{"type":"probe", "bytes":16}
`;

/** What each view shows of this heap. The type makes the compiler require an entry for every view. */
const SHOWN: Record<HeapView, RegExp> = {
  overview: /Toy\s7[\s\S]*Line\s0x4010\skeeps\s216\sB\salive[\s\S]*rope/,
  findings: /1\sobject\s\(24\sB,\s9\.4\s%\)/,
  treemap: /Ropes[\s\S]*5\sobjects,\s240\sB,\sin\s9\stiles/,
  tree: /globals/,
  flame: /Ropes[\s\S]*5\sobjects,\s240\sB,\sin\s9\sframes/,
  generations: /2\straced\sobjects\s\(48\sB\)\sin\s2\sgenerations/,
  retainers: /3\sof\s6\sobjects\sare\sheld\sby\sone\sLine\sthat\sthe\sroot\sglobals\slists\./,
  classes: /rope[\s\S]*shape[\s\S]*Point/,
  owners: /globals[\s\S]*rope/,
  sites: /untraced/,
  strings: /No\stwo\sof\sthese\sstrings/,
  threads: /No\sthread\sis\sin\sthis\sdump/,
  shapes: /This\sdump\scontains\sno\sshapes/,
  pages: /This\sformat\shas\sno\sinformation\sabout\sheap\spages/,
  objects: /rope[\s\S]*main\.toy:4/,
  compare: /Add\sdumps\sto\scompare\swith/,
};
type HeapView = Exclude<(typeof VIEWS)[number]['kind'], 'functions' | 'calls' | 'areas' | 'series'>;

/** A heap in a format that the build does not know, as an index file, which contains the format's vocabulary. */
async function toyIndex(): Promise<DroppedFile> {
  const session = new HeapSession(null, Number.POSITIVE_INFINITY, 1, [...IMPORTERS, toyImporter]);
  const outcome = await session.open(new Blob([HEAP]), { loadId: 1, name: 'a.toy' }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  const index = await session.index(outcome.value.id, 'small');
  return { name: 'a.heapscape', bytes: new Uint8Array(await index.arrayBuffer()) };
}

test('a heap of another format is shown in every view, with the terms of that format', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  const app = new App(page);
  await app.openWith(await toyIndex());
  for (const { kind, name, takes } of VIEWS) {
    if (!takes.includes('heap')) continue;
    await app.goTo(name);
    await expect(page.getByRole('main'), name).toContainText(SHOWN[kind as HeapView]);
  }
  await app.goTo('Treemap');
  await expect(page.getByLabel('Group by').getByRole('option', { name: 'gem' })).toHaveCount(0);
  await app.goTo('Objects');
  await page.getByRole('grid').getByText('[17]').click();
  await app.idle();
  const { inspector } = app;
  await expect(inspector).toContainText('what the program named.');
  await expect(inspector.getByText('label', { exact: true }).first()).toBeVisible();
  expect(errors).toEqual([]);
});
