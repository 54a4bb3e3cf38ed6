/** Patterns of likely secrets, and what replaces them. */
const PATTERNS: readonly {
  pattern: RegExp;
  what: string;
  keeps?: true;
  test?: (match: string) => boolean;
}[] = [
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    what: 'key',
  },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, what: 'token' },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, what: 'key' },
  {
    pattern: /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[sprw]k_(?:live|test)_|SG\.)[\w.-]{8,}/g,
    what: 'token',
  },
  { pattern: /\b(Bearer|Basic|Token)\s+[\w+/=.~-]{6,}/g, what: 'token', keeps: true },
  { pattern: /\b((?:set-)?cookie["']?\s*[:=]>?\s*["']?)[^\n"']+/gi, what: 'cookie', keeps: true },
  {
    pattern:
      /\b([\w-]*(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|token|session[_-]?id|csrf|credential)s?[\w-]*["']?\s*(?:[:=]>?|=>)\s*:?\s*["']?)[^\s"'&,;}]{3,}/gi,
    what: 'secret',
    keeps: true,
  },
  { pattern: /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/gi, what: 'login', keeps: true },
  { pattern: /[\w.+%-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi, what: 'e-mail' },
  { pattern: /\b\d(?:[ -]?\d){12,18}\b/g, what: 'card number', test: passesLuhn },
  // Random text: bcrypt and similar hashes, and long runs of hexadecimal digits or Base64.
  { pattern: /\$2[aby]\$\d\d\$[./A-Za-z0-9]{20,}/g, what: 'hash' },
  { pattern: /\b[0-9a-f]{32,}\b/gi, what: 'token' },
  { pattern: /[A-Za-z0-9+/_-]{40,}={0,2}/g, what: 'token', test: looksRandom },
];

/** Replaces likely secrets: tokens, keys, passwords, e-mail addresses, card numbers, cookies. O(text). */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const { pattern, what, keeps, test } of PATTERNS) {
    masked = masked.replace(pattern, (match, kept: unknown) => {
      if (test !== undefined && !test(match)) return match;
      const before = keeps && typeof kept === 'string' ? `${kept}${/^\w+$/.test(kept) ? ' ' : ''}` : '';
      return `${before}•••(${what})`;
    });
  }
  return masked;
}

/** Checks the check digit of a card number. */
function passesLuhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, at) => {
    const doubled = digit * (at % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** A path or an identifier of this length consists of words; random text has digits and letters of both cases. */
function looksRandom(text: string): boolean {
  return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && (text.match(/\//g) ?? []).length < 4;
}

/** Masks all strings within an answer; other values stay as they are. */
export function maskTexts<Value>(value: Value): Value {
  if (typeof value === 'string') return maskSecrets(value) as Value;
  if (Array.isArray(value)) return value.map(maskTexts) as Value;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskTexts(each)])) as Value;
}
