import type { Plugin } from 'vite';

const CONNECT = /connect-src 'self'/;

/**
 * Additional origins from which the built page may fetch dumps: those in `HEAPSCAPE_DUMP_ORIGINS`, separated by spaces.
 * Throws for anything that is not an origin, such as an address with a path or a wildcard.
 */
export function dumpOrigins(text = process.env.HEAPSCAPE_DUMP_ORIGINS ?? ''): string[] {
  const origins = text.split(/\s+/).filter(origin => origin !== '');
  for (const origin of origins) {
    // A semicolon, which a host name may contain, would end the directive of the policy.
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

/** Adds the origins to `connect-src` in the page's policy, which governs all fetches. */
export function allowOrigins(html: string, origins: readonly string[]): string {
  if (origins.length === 0) return html;
  if (!CONNECT.test(html)) throw new Error("the page's policy has no connect-src 'self'");
  return html.replace(CONNECT, ["connect-src 'self'", ...origins].join(' '));
}

/** A plugin of the build that adds these origins. */
export const withDumpOrigins: Plugin = {
  name: 'with-dump-origins',
  transformIndexHtml: html => allowOrigins(html, dumpOrigins()),
};
