import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ExcerptText } from './ExcerptText.tsx';

const shown = (text: string | null) =>
  renderToStaticMarkup(<ExcerptText excerpt={{ text, shared: false }} className="" />);

test('a text is shown on one line, each character escaped once', () => {
  expect(shown('a\nb')).toContain('&quot;a\\nb&quot;');
  expect(shown('a\\nb')).toContain('&quot;a\\\\nb&quot;');
  expect(shown('say "x"')).toContain('&quot;say \\&quot;x\\&quot;&quot;');
  expect(shown('zero\u200bwidth\u0007')).toContain('zero\\u200bwidth\\u0007');
  expect(shown(null)).toContain('text not in the dump');
});
