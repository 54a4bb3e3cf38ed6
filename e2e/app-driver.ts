import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, type JSHandle, type Locator, type Page, type Worker } from '@playwright/test';
import type { ThreadName } from '../workers/protocol/threads.ts';

/** A file as a user drops it. */
export interface DroppedFile {
  name: string;
  bytes: Uint8Array;
}

/** A dump from e2e/fixtures: as Ruby wrote it, or still compressed. */
export function fixture(name: string, { packed = false } = {}): DroppedFile {
  const bytes = readFileSync(fileURLToPath(new URL(`./fixtures/${name}.json.gz`, import.meta.url)));
  return packed ? { name: `${name}.json.gz`, bytes } : { name: `${name}.json`, bytes: gunzipSync(bytes) };
}

/** The sample on the landing page: a Rails application with a leak. */
export function railsSample(): DroppedFile {
  const path = fileURLToPath(new URL('../public/samples/rails-library.json.gz', import.meta.url));
  return { name: basename(path), bytes: readFileSync(path) };
}

export function textFile(name: string, text: string): DroppedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/**
 * The page as a user sees it: found by roles and visible names. Waits only until the page itself reports that it is
 * idle.
 */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await this.idle();
  }

  async idle(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true', { timeout: 45_000 });
  }

  /** Drops files on the window, all at once. Does not wait for the result. */
  async startDrop(...files: DroppedFile[]): Promise<void> {
    const transfer = await this.#transferOf(files);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('body', type, { dataTransfer: transfer });
    }
  }

  /** Drops a file or a folder from disk, as a file manager does. Only possible in Chromium. */
  async dropPath(path: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    }
    await this.idle();
  }

  /** Pastes files into the window, as after copying them in a file manager. */
  async paste(...files: DroppedFile[]): Promise<void> {
    const transfer = await this.#transferOf(files);
    await transfer.evaluate(clipboardData => {
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    await this.idle();
  }

  /** Picks files in the browser's dialog. */
  async pick(...files: DroppedFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: '', buffer: Buffer.from(bytes) })),
    );
    await this.idle();
  }

  async #transferOf(files: DroppedFile[]): Promise<JSHandle<DataTransfer>> {
    const sent = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
    return this.page.evaluateHandle(given => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) {
        // Not by fetching a data URL, which the page's policy forbids.
        const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    }, sent);
  }

  async drop(...files: DroppedFile[]): Promise<void> {
    await this.startDrop(...files);
    await this.idle();
  }

  /** A thread of the engine, by its name. */
  async thread(name: ThreadName): Promise<Worker> {
    for (const worker of this.page.workers()) {
      if ((await worker.evaluate(() => self.name)) === name) return worker;
    }
    throw new Error(`there is no thread ${name}`);
  }

  /**
   * Makes the engine's thread as slow as with a heap of many millions of objects: its clock runs ahead, so that all its
   * work seems long, and it pauses whenever it lets messages in. Returns a function that restores it.
   */
  async slowEngine(): Promise<() => Promise<void>> {
    const engine = await this.thread('heap');
    const fast = await engine.evaluateHandle(() => {
      const was = { now: performance.now, post: MessagePort.prototype.postMessage };
      performance.now = () => was.now.call(performance) * 1000;
      MessagePort.prototype.postMessage = function (
        message: unknown,
        options?: Transferable[] | StructuredSerializeOptions,
      ) {
        const post = () => Reflect.apply(was.post, this, [message, options]);
        // Answers are not delayed; the message without content is how the thread yields to incoming messages.
        if (message === null) setTimeout(post, 2000);
        else post();
      };
      return was;
    });
    return () =>
      fast.evaluate(was => {
        performance.now = was.now;
        MessagePort.prototype.postMessage = was.post;
      });
  }

  /** Opens the page and drops a dump on it. */
  async openWith(...files: DroppedFile[]): Promise<void> {
    await this.open();
    await this.drop(...files);
  }

  /** Waits until a file is open that was not dropped by {@link drop}. Figures alone may be those of the preview. */
  async openFinished(): Promise<void> {
    await expect(this.figure('Objects')).toBeVisible();
    await this.idle();
  }

  async goTo(view: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
    await this.idle();
  }

  /** The figure beside a term. */
  figure(term: string): Locator {
    return this.page
      .getByRole('main')
      .locator('dt', { hasText: term })
      .locator('xpath=following-sibling::dd[1]');
  }

  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector' });
  }

  get chips(): Locator {
    return this.page.getByRole('region', { name: 'Active sets' });
  }
}
