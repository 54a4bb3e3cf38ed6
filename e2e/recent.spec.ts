import { expect, type Page, test } from '@playwright/test';
import { App, fixture } from './app-driver.ts';

/**
 * Puts a file where the page can get a handle of it, and makes the browser's dialog return that handle. It is a real
 * handle, so it can be stored. Permission requests before it is read are answered with `answers`.
 */
async function fileOnDisk(page: Page, name: string, answers: PermissionState[]): Promise<void> {
  const { bytes } = fixture(name, { packed: true });
  await page.exposeFunction('answer', () => answers.shift() ?? 'prompt');
  await page.addInitScript(
    ({ name, base64 }) => {
      const handleOf = async () => {
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle(name, { create: true });
        const writer = await handle.createWritable();
        await writer.write(Uint8Array.from(atob(base64), character => character.charCodeAt(0)));
        await writer.close();
        return handle;
      };
      let launched: ((launch: { files: FileSystemFileHandle[] }) => void) | null = null;
      Object.defineProperty(window, 'launchQueue', {
        value: {
          setConsumer(consumer: typeof launched) {
            launched = consumer;
          },
        },
      });
      Object.assign(window, {
        showOpenFilePicker: async () => [await handleOf()],
        openFromFileManager: async () => launched!({ files: [await handleOf()] }),
      });
      Object.assign(FileSystemFileHandle.prototype, {
        requestPermission: () => (window as unknown as { answer(): Promise<PermissionState> }).answer(),
      });
    },
    { name: `${name}.json.gz`, base64: Buffer.from(bytes).toString('base64') },
  );
}

test('files are opened again from disk, if the user and the browser allow it', async ({ page }) => {
  await fileOnDisk(page, 'ruby-3.1-since', ['denied', 'granted']);
  const app = new App(page);
  await app.open();
  // Simulates opening a file from the file manager with the installed page.
  await page.evaluate(() =>
    (window as unknown as { openFromFileManager(): Promise<void> }).openFromFileManager(),
  );
  await app.openFinished();

  await page.goto('about:blank');
  await app.open();
  const recent = page.getByRole('region', { name: 'Recent' });
  const again = recent.getByRole('button', { name: 'Open ruby-3.1-since.json.gz again' });
  await expect(recent.getByText('ruby-3.1-since.json.gz')).toBeVisible();
  await expect(again).toHaveCount(0);
  await recent.getByRole('checkbox', { name: /^Remember where files are/ }).check();
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await app.openFinished();

  await page.goto('about:blank');
  await app.open();
  await again.click();
  await expect(recent.getByRole('alert')).toContainText('the browser was not allowed to read it');
  await again.click();
  await app.openFinished();

  await page.goto('about:blank');
  await app.open();
  await recent.getByRole('checkbox', { name: /^Remember where files are/ }).uncheck();
  await recent.getByRole('checkbox', { name: /^Remember where files are/ }).check();
  await expect(again).toHaveCount(0);
});
