import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script.ts';

const PLACE = '<!-- src/boot/boot.ts -->';
const SCRIPTS = /script-src 'self'/;

/** Inserts a script into the page, and its hash into the page's policy. */
export function withInlineScript(html: string, script: string): string {
  if (!html.includes(PLACE) || !SCRIPTS.test(html)) throw new Error('index.html has no place for the script');
  if (/<\/script|<!--/i.test(script)) throw new Error('the script would end its own element');
  const hash = createHash('sha256').update(script).digest('base64');
  return html
    .replace(SCRIPTS, `script-src 'self' 'sha256-${hash}'`)
    .replace(PLACE, () => `<script>${script}</script>`);
}

/** Browsers that cannot run the page still have to report that. */
const TARGET = 'es2017';

/** A plugin of the build that inserts the page's first script. */
export const withBootScript: Plugin = {
  name: 'with-boot-script',
  apply: 'build',
  transformIndexHtml: async html =>
    withInlineScript(html, await bundleScript('src/boot/boot.ts', { target: TARGET })),
};
