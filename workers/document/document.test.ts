import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentOptions } from '../protocol/document.ts';
import { HeapSession } from '../service/heap-session.ts';
import { openHeap, openRubyHeap, openText } from '../testing/open-heap.ts';

const OPTIONS: DocumentOptions = {
  format: 'html',
  set: { kind: 'all' },
  filter: '',
  link: null,
  strings: false,
  pictures: [],
  madeAt: Date.UTC(2026, 0, 2, 3, 4),
};

const LEAK = `
  vm => Object App
  Object CLASS 600 name=Object
  App CLASS 500 class=Object superclass=Object -> list
  Session CLASS 400 class=Object superclass=Object
  list ARRAY 80 length=2 -> s1 s2
  s1 OBJECT 40 class=Session gen=3 at=/srv/app/models/session.rb:7 method=new -> d1
  s2 OBJECT 40 class=Session gen=4 at=/srv/app/models/session.rb:7 method=new
  d1 STRING 9000 gen=3 at=/gems/rack-2.2.4/lib/rack.rb:3 bytesize=9 value=hunter22!
`;

describe('a report', () => {
  it('contains the pictures on screen as images, as far as they fit, and names those that are missing', async () => {
    const { session, info } = await openHeap(LEAK);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>ü</text></svg>';
    const pictures = [
      { label: 'Treemap "a"', svg },
      { label: 'Large', svg: 'x'.repeat(200_000) },
      { label: 'Late', svg: null },
    ];
    const html = await session.document(info.id, { ...OPTIONS, pictures });
    expect(html).toContain(
      `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" alt="Treemap &quot;a&quot;">`,
    );
    expect(html).toContain('Large: too large for a report');
    expect(html).toContain('Late: it was not drawn yet');
    expect(html.length).toBeLessThan(300 * 1024);
  });

  it('contains totals, what stands out, retainer paths, tables, pictures and how to reproduce them', async () => {
    const { session, info } = await openHeap(LEAK);
    const link = 'https://example.com/#/classes?only=class:A';
    const html = await session.document(info.id, { ...OPTIONS, link });
    for (const text of [
      '<dt>Objects</dt><dd>7</dd>',
      'keeps 9.82\u00a0KiB alive',
      '<li>root: vm</li>',
      '<h2>Gems',
      '</svg>Strings, symbols</li>',
      '<td>(none)</td>',
      'rack-2.2.4',
      '<svg viewBox="0 0 960 420"',
      'aria-label="Bytes by generation"',
      'heapscape report test.json --html',
      link,
      '2026-01-02 03:04 UTC',
    ]) {
      expect(html).toContain(text);
    }
    const markdown = await session.document(info.id, { ...OPTIONS, format: 'markdown' });
    expect(markdown).toContain('| `Session` | 2 | 80\u00a0B | ');
    expect(markdown).toContain('- `heapscape report test.json --markdown`');
  });

  it('contains values of strings only if requested', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    for (const format of ['html', 'markdown'] as const) {
      expect(await session.document(info.id, { ...OPTIONS, format })).not.toContain('hunter22');
      expect(await session.document(info.id, { ...OPTIONS, format, strings: true })).toContain('hunter22');
    }
  });

  it('narrows everything to a set', async () => {
    const { session, info } = await openHeap(LEAK);
    const filter = "class:Session or class:'";
    const html = await session.document(info.id, {
      ...OPTIONS,
      set: { kind: 'filter', text: 'class:Session' },
      filter,
    });
    expect(html).toContain('<dt>Objects</dt><dd>2</dd>');
    expect(html).toContain('--filter &#39;class:Session or class:&#39;\\&#39;&#39;&#39;');
  });
});

const TAGS =
  /^<\/?(?:html|head|meta|title|style|body|h[12]|p|strong|time|code|pre|dl|div|dt|dd|section|ul|ol|li|table|thead|tbody|tr|th|td|svg|g|rect|text|title)(?: [a-zA-Z-]+="[^"<>]*")*\/?>/;

/**
 * The first piece of markup that is not the report's own; null if there is none. Every `<` must begin a known element.
 */
function foreignMarkup(html: string): string | null {
  const body = html.replace(/^<!doctype html>/, '');
  for (let at = body.indexOf('<'); at >= 0; at = body.indexOf('<', at + 1)) {
    const piece = body.slice(at, at + 300);
    const tag = TAGS.exec(piece);
    if (tag === null || /\s(on\w+|src|href|style)=/.test(tag[0])) return piece;
  }
  return null;
}

describe('whatever text a dump contains', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onload='alert(1)",
      '</style><script>',
      '</title><a href=javascript:alert(1)>',
      '&lt;script&gt;',
      '`|@team|](http://evil.example)',
      '\u202e\u0000\u001b[31m',
      '<!--',
    ),
    fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  );

  it('is text in the HTML, and code in the Markdown', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (name, path, filter) => {
        const records = [
          { type: 'ROOT', root: name, references: ['0x10', '0x18'] },
          { address: '0x10', type: 'CLASS', name, references: ['0x18'], memsize: 400 },
          {
            address: '0x18',
            type: 'STRING',
            class: '0x10',
            value: name,
            file: path,
            line: 3,
            method: path,
            generation: 2,
            memsize: 9000,
          },
        ];
        const text = records.map(record => `${JSON.stringify(record).replaceAll('":', '":')}\n`).join('');
        const session = new HeapSession();
        const outcome = await session.open(new Blob([text]), { loadId: 1, name }, () => undefined);
        if (!outcome.ok) throw new Error(outcome.problem.message);
        const options = { ...OPTIONS, filter, link: filter, strings: true };
        const html = await session.document(outcome.value.id, options);
        expect(foreignMarkup(html)).toBeNull();
        const markdown = await session.document(outcome.value.id, { ...options, format: 'markdown' });
        // Outside code, text of the dump occurs only escaped.
        const outside = markdown.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
        expect(outside).not.toMatch(/(?<!\\)[<[]|\]\(|@\w/);
      }),
      { numRuns: 60 },
    );
  });

  it('is distinguished from markup by this test', () => {
    expect(foreignMarkup('<p>a</p><img src="x">')).toBe('<img src="x">');
    expect(foreignMarkup('<p onclick="x">')).toBe('<p onclick="x">');
  });
});

it('is small for a dump of any size', async () => {
  const lines = ['{"type":"ROOT", "root":"vm", "references":["0x100000"]}'];
  for (let i = 0; i < 3000; i++) {
    const long = `Module${i}::`.repeat(30);
    lines.push(
      `{"address":"0x${(0x100000 + i * 40).toString(16)}", "type":"CLASS", "name":"${long}C${i}", "references":["0x${(0x100000 + ((i * 7 + 1) % 3000) * 40).toString(16)}"], "file":"/srv/${long.replaceAll(':', '/')}.rb", "line":${i}, "generation":${i}, "memsize":${400 + i}}`,
    );
  }
  const { session, info } = await openText(`${lines.join('\n')}\n`);
  const html = await session.document(info.id, OPTIONS);
  expect(html.length).toBeGreaterThan(20_000);
  expect(new TextEncoder().encode(html).length).toBeLessThan(300 * 1024);
});
