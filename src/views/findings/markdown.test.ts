import { describe, expect, it } from 'vitest';
import type { Finding, FindingKindInfo } from '../../../workers/protocol/findings.ts';
import { figureTexts, findingAsMarkdown } from './markdown.ts';

const finding: Finding = {
  kind: 'growing-container',
  id: 'growing-container 0x10',
  group: 'leak',
  title: 'Audit keeps growing',
  sentence: 'Array[40] of Audit is still growing.',
  bytes: 2048,
  objects: 40,
  certainty: 'evidence',
  objectsShown: ['0x10'],
  figures: { effectiveGenerations: 19.98765, elements: 1240 },
  evidence: [
    {
      label: 'Array[40]',
      detail: '100 % Entry',
      objects: 40,
      bytes: 2048,
      object: { index: 3, address: '0x10' },
      set: null,
    },
  ],
  set: null,
  byGeneration: null,
};

const KIND: FindingKindInfo = {
  kind: 'growing-container',
  group: 'leak',
  method: 'By generation.',
  reference: 'A paper.',
  thresholds: [],
};

describe('a finding as Markdown', () => {
  it('has the same text as on the page, with figures and evidence', () => {
    const text = findingAsMarkdown(finding, KIND).replaceAll('\u00a0', ' ');
    expect(text).toContain('### Audit keeps growing\n\nArray\\[40\\] of Audit is still growing.');
    expect(text).toContain('- 2.00 KiB (2,048 bytes), 40 objects; evidence, kind `growing-container`');
    expect(text).toContain('- effective generations: 20\n- elements: 1,240');
    expect(text).toContain('| Array\\[40\\] `0x10` (100 % Entry) | 40 | 2.00 KiB |');
    expect(text).toContain('How it was computed: By generation. After: A paper.');
  });

  it('lets no text from the dump become markup', () => {
    const hostile = '![x](https://example.org/x.png) <img src=x> | `a` \n# b @team';
    const text = findingAsMarkdown({ ...finding, sentence: hostile, title: hostile }, null);
    const [title] = text.replace('### ', '').split('\n');
    expect(title!.replaceAll(/\\./g, '')).not.toMatch(/[`!<>[\]()|#@]/);
    expect(text.split('\n').filter(line => /^#/.test(line))).toHaveLength(1);
  });
});

describe('figureTexts', () => {
  it('reads figures with three digits', () => {
    expect(figureTexts({ recentObjects: 0.123456, members: 12_345 })).toEqual([
      { name: 'recent objects', text: '0.123' },
      { name: 'members', text: '12,345' },
    ]);
  });
});
