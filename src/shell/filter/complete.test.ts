import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../workers/protocol/filter/parse-filter.ts';
import { declarationOf, TERM_NAMES, WORDS } from '../../../workers/protocol/filter/terms.ts';
import { COMBINATIONS } from './combinations.ts';
import { bestMatches, completableAt, nameCompletions, withCompletion } from './complete.ts';

const atEnd = (text: string) => completableAt(text, text.length);

describe('what can be completed', () => {
  it.each([
    ['cla', { kind: 'word', word: 'cla', from: 0 }],
    ['-cla', { kind: 'word', word: 'cla', from: 1 }],
    ['(size>1KB or cla', { kind: 'word', word: 'cla', from: 13 }],
    ['Active::Rec', { kind: 'word', word: 'Active::Rec', from: 0 }],
    ['class:Us', { kind: 'value', name: 'class', typed: 'Us', from: 6 }],
    ['class:', { kind: 'value', name: 'class', typed: '', from: 6 }],
    ['x -in:class:Us', { kind: 'value', name: 'class', typed: 'Us', from: 12 }],
    ['file:"a b', { kind: 'value', name: 'file', typed: 'a b', from: 5 }],
    ['holds:(is:fro', { kind: 'value', name: 'is', typed: 'fro', from: 10 }],
  ])('%s', (text, expected) => {
    expect(atEnd(text)).toEqual({ ...expected, to: text.length });
  });

  it('is nothing within quotes or after an operator', () => {
    expect(atEnd('"two wor')).toBe(null);
    expect(atEnd('size>1')).toBe(null);
  });

  it('is the text before the caret', () => {
    expect(completableAt('cla gen:40', 3)).toEqual({ kind: 'word', word: 'cla', from: 0, to: 3 });
  });
});

describe('completions', () => {
  it('are names that begin with the word, then operators', () => {
    expect(nameCompletions('re').map(({ inserted }) => inserted)).toEqual([
      'retained>',
      'refs>',
      'referrers>',
    ]);
    expect(nameCompletions('age').map(({ inserted }) => inserted)).toContain('age<=');
    expect(nameCompletions('gem')[0]?.inserted).toBe('gem:');
  });

  it('are inserted in place', () => {
    const place = atEnd('-cla')!;
    expect(withCompletion('-cla', place, { inserted: 'class:', detail: '' })).toEqual({
      text: '-class:',
      caret: 7,
    });
    const value = completableAt('class:Us)', 8)!;
    expect(withCompletion('class:Us)', value, { inserted: 'User', detail: '' })).toEqual({
      text: 'class:User)',
      caret: 10,
    });
  });
});

describe('the help', () => {
  const examples = [
    ...WORDS.examples,
    ...TERM_NAMES.flatMap(name => declarationOf(name).examples),
    ...COMBINATIONS.map(({ example }) => example),
  ];
  it.each(examples)('%s can be read', example => {
    expect(parseFilter(example)).toMatchObject({ ok: true });
  });
});

describe('best matches', () => {
  it('lists the name itself, names that begin with the text, and names whose last part does before others', () => {
    const names = ['A::Border', 'Admin::Order', 'OrderLine', 'Order', 'Ordering', 'User'];
    expect(bestMatches(names, name => name, 'order')).toEqual([
      'Order',
      'OrderLine',
      'Ordering',
      'Admin::Order',
      'A::Border',
    ]);
  });
});
