import type { Plugin } from 'vite';

const CONNECT = /connect-src 'self'/;

/**
 * Origins besides its own that the built page may fetch dumps from: those that `HEAPSCAPE_DUMP_ORIGINS` names, with
 * spaces between them. Throws for what is no origin, such as an address with a path or a wildcard.
 */
export function dumpOrigins(text = process.env.HEAPSCAPE_DUMP_ORIGINS ?? ''): string[] {
  const origins = text.split(/\s+/).filter(origin => origin !== '');
  for (const origin of origins) {
    // A policy ends at a semicolon, which a host may have.
    if (
      !/^https?:\/\/[\w.-]+(:\d+)?$/.test(origin) ||
      !URL.canParse(origin) ||
      new URL(origin).origin !== origin
    ) {
      throw new Error(`HEAPSCAPE_DUMP_ORIGINS: ${origin} is no origin such as https://dumps.example.com`);
    }
  }
  return origins;
}

/** Adds those origins to the policy of the page, with `connect-src`, which alone says what may be fetched. */
export function allowOrigins(html: string, origins: readonly string[]): string {
  if (origins.length === 0) return html;
  if (!CONNECT.test(html)) throw new Error("the page's policy has no connect-src 'self'");
  return html.replace(CONNECT, ["connect-src 'self'", ...origins].join(' '));
}

/** The plugin of the build that does so. */
export const withDumpOrigins: Plugin = {
  name: 'with-dump-origins',
  transformIndexHtml: html => allowOrigins(html, dumpOrigins()),
};
