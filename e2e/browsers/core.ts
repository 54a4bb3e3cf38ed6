import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { codeOf, outcomeCode, PAGE_ATTEMPTS, SHARED_ATTEMPTS } from '../privacy/exfiltration-attempts.ts';
import { listen, servePage } from '../privacy/sites.ts';
import type { Driver } from './driver.ts';
import { callExpression, type InPage } from './in-page.ts';

/** A test of the core. Throws if it fails; what it returns is printed next to its name. */
export interface CoreTest {
  name: string;
  run(driver: Driver): Promise<string | undefined>;
}

const DUMP = 'ruby-3.1.json.gz';
const PACKED = readFileSync(fileURLToPath(new URL(`../fixtures/${DUMP}`, import.meta.url)));
/** The record of every object begins with its address. */
const OBJECTS = [
  ...gunzipSync(PACKED)
    .toString('latin1')
    .matchAll(/^\{"address":/gm),
].length;
/** Firefox 140 does not apply the policy to fonts in workers; the threads that hold the dump have no font API. */
const UNBOUND_IN_FIREFOX = 'worker/font';
/** How long a request may take to be refused, or to arrive. */
const WAY_OUT_MS = 3000;

function check(isRight: boolean, otherwise: string): void {
  if (!isRight) throw new Error(otherwise);
}

/** Opens the page and drops the dump on it. */
async function openDump(driver: Driver, url: string): Promise<void> {
  await driver.open(url);
  await driver.evaluate(callExpression(page => page.idle()));
  await driver.evaluate(
    callExpression((page, name, base64) => page.drop(name, base64), DUMP, PACKED.toString('base64')),
  );
  // The list of views is there once the dump is open, whichever view is shown; figures may be of the preview.
  await driver.evaluate(
    callExpression(page => page.until(() => document.querySelector('nav[aria-label=Views]')).then(page.idle)),
  );
}

/** A test on a page of its own, served at `url`. */
function onPage(name: string, run: (driver: Driver, url: string) => Promise<string | undefined>): CoreTest {
  return {
    name,
    async run(driver) {
      const site = await servePage({ policy: true });
      try {
        return await run(driver, site.url);
      } finally {
        site.close();
      }
    },
  };
}

const inPage = <Args extends unknown[], Result>(
  driver: Driver,
  act: (page: InPage, ...args: Args) => Result | Promise<Result>,
  ...args: Args
): Promise<Result> => driver.evaluate<Result>(callExpression(act, ...args));

const opensADump = onPage('a packed dump opens, with all its objects', async (driver, url) => {
  await openDump(driver, url);
  const shown = await inPage(driver, page => page.figure('Objects'));
  check(Number(shown?.replace(/\D/g, '')) === OBJECTS, `${shown} objects, not ${OBJECTS}`);
  return `${shown} objects`;
});

const drawsEveryView = onPage('every view opens, and the treemap is drawn', async (driver, url) => {
  await openDump(driver, url);
  const views = await inPage(driver, async page => {
    const rail = document.querySelector('nav[aria-label=Views]');
    const names = [...(rail?.querySelectorAll('button') ?? [])].map(each => each.textContent ?? '');
    for (const name of names) {
      page.named(name, rail ?? document)?.click();
      await page.idle();
      const alert = document.querySelector('[role=alert]')?.textContent;
      if (alert) throw new Error(`${name}: ${alert}`);
    }
    page.named('Treemap', rail ?? document)?.click();
    await page.idle();
    const colours = await page.until(() => {
      const most = Math.max(
        ...[...document.querySelectorAll('main canvas')].map(each => page.colours(each as HTMLCanvasElement)),
      );
      return most > 5 && most;
    });
    return { count: names.length, colours };
  });
  check(views.count >= 10, `${views.count} views`);
  return `${views.count} views, ${views.colours} colours`;
});

const filters = onPage(
  'a filter narrows the view, and the inspector shows an object',
  async (driver, url) => {
    await openDump(driver, `${url}#/objects`);
    await inPage(driver, async page => {
      page.enter(
        await page.until(() => document.querySelector<HTMLInputElement>('input[aria-label=Filter]')),
        'class:String',
      );
      await page.until(() =>
        document.querySelector('[aria-label="Active sets"]')?.textContent?.includes('String'),
      );
      await page.idle();
      const row = await page.until(() => document.querySelectorAll<HTMLElement>('main [role=row]')[1]);
      row.click();
      await page.until(() =>
        document.querySelector('section[aria-label=Inspector]')?.textContent?.includes('Retained'),
      );
    });
    return undefined;
  },
);

const refusesNonsense = onPage('what is no dump is refused in words', async (driver, url) => {
  await driver.open(url);
  return inPage(driver, async page => {
    await page.idle();
    page.drop('notes.txt', btoa('shopping: milk, bread'));
    const alert = await page.until(() => document.querySelector('[role=alert]')?.textContent);
    if (!alert.includes('notes.txt')) throw new Error(alert);
    return undefined;
  });
});

const keepsAnIndex = onPage(
  'an index is kept and opened again, or the page says why not',
  async (driver, url) => {
    await openDump(driver, url);
    const said = await inPage(driver, async page => {
      page.named('Share')?.click();
      const dialog = await page.until(() => document.querySelector('dialog[open]'));
      const keep = page.named('Keep on this device', dialog);
      if (keep === undefined)
        return page.until(() => /This browser cannot keep[^.]*/.exec(dialog.textContent ?? '')?.[0]);
      keep.click();
      const outcome = await page.until(
        () => /Kept on this device \(|could not be kept: .*/.exec(dialog.textContent ?? '')?.[0],
      );
      return outcome.startsWith('Kept') ? 'kept' : outcome;
    });
    if (said !== 'kept') return said;
    await driver.open('about:blank');
    await driver.open(url);
    await inPage(driver, async page => {
      (await page.until(() => page.named('Open ruby-3.1.json.gz'))).click();
      await page.until(() => page.figure('Objects'));
    });
    return said;
  },
);

const opensOffline: CoreTest = {
  name: 'the page opens without its server, or says why not',
  async run(driver) {
    const site = await servePage({ policy: true });
    try {
      await driver.open(site.url);
      const said = await inPage(driver, page =>
        page.until(
          () =>
            /is stored in this browser|could not be stored[^.]*/.exec(document.body.textContent ?? '')?.[0],
        ),
      ).catch(() => 'this browser stores no pages');
      if (!said.startsWith('is stored')) return said;
      site.close();
      await openDump(driver, site.url);
      return undefined;
    } finally {
      site.close();
    }
  },
};

const letsNothingOut: CoreTest = {
  name: 'nothing leaves, by any way out',
  async run(driver) {
    const site = await servePage({ policy: true });
    const other = await listen();
    try {
      await openDump(driver, site.url);
      const silent: string[] = [];
      const ways = [...SHARED_ATTEMPTS, ...PAGE_ATTEMPTS].map(way => ({ way, from: 'page' }));
      for (const { way, from } of [...ways, ...SHARED_ATTEMPTS.map(way => ({ way, from: 'worker' }))]) {
        const code = outcomeCode(codeOf(way, `${other.url}${from}/${way.name}`, site.script));
        const said = await driver.evaluate<string>(from === 'page' ? limited(code) : limited(inWorker(code)));
        if (said === 'no answer') silent.push(`${from} ${way.name}`);
      }
      const isKnown = (way: string) => driver.name.startsWith('firefox') && way === UNBOUND_IN_FIREFOX;
      const arrived = [...other.arrived];
      const unknown = arrived.filter(way => !isKnown(way));
      check(unknown.length === 0, `arrived: ${unknown.join(', ')}`);
      const notes = [
        ...arrived.map(way => `${way} arrived, as the README says`),
        ...(silent.length === 0 ? [] : [`nothing was said of ${silent.join(', ')}`]),
      ];
      return notes.length === 0 ? undefined : notes.join('; ');
    } finally {
      site.close();
      other.close();
    }
  },
};

/** Code that returns the result of other code, with a time limit. */
function limited(code: string): string {
  return `(globalThis.__name ??= each => each, Promise.race([
    ${code},
    new Promise(resolve => setTimeout(() => resolve('no answer'), ${WAY_OUT_MS})),
  ]))`;
}

/** Code that makes a worker of the page run other code. */
function inWorker(code: string): string {
  const source = `globalThis.__name = each => each; ${code}.then(said => postMessage(said));`;
  return `new Promise(resolve => {
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(source)}])));
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => resolve('it did not start');
  })`;
}

/** The tests that must pass in every browser. */
export const CORE: readonly CoreTest[] = [
  opensADump,
  drawsEveryView,
  filters,
  refusesNonsense,
  keepsAnIndex,
  opensOffline,
  letsNothingOut,
];
