import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPath, type PathRow } from './fold-path.ts';

const NOTHING = new Map<string, number>();
const spans = (rows: readonly PathRow[]) =>
  rows.map(row => (row.kind === 'step' ? [row.position, row.position] : [row.from, row.to]));

describe('foldPath', () => {
  it('leaves a short path alone', () => {
    expect(foldPath(['Class', 'Array', 'Proc'], NOTHING)).toEqual([
      { kind: 'step', position: 0 },
      { kind: 'step', position: 1 },
      { kind: 'step', position: 2 },
    ]);
  });

  it('folds a run of one class, but neither the first nor the last step', () => {
    const labels = ['Node', ...Array.from({ length: 250_000 }, () => 'Node'), 'Node'];
    expect(foldPath(labels, NOTHING)).toEqual([
      { kind: 'step', position: 0 },
      { kind: 'run', key: 'run 1', from: 1, to: 250_000 },
      { kind: 'step', position: 250_001 },
    ]);
    expect(foldPath(labels, new Map([['run 1', 20]]))).toHaveLength(23);
  });

  it('folds the middle of a long path, and expands it from its beginning', () => {
    const labels = Array.from({ length: 40 }, (_, position) => `Class${position}`);
    expect(foldPath(labels, NOTHING)[6]).toEqual({ kind: 'gap', key: 'gap', from: 6, to: 33 });
    expect(foldPath(labels, new Map([['gap', 20]]))[26]).toEqual({
      kind: 'gap',
      key: 'gap',
      from: 26,
      to: 33,
    });
    expect(foldPath(labels, new Map([['gap', 40]]))).toHaveLength(40);
  });

  it('covers every step once and in order, whatever is expanded', () => {
    const paths = fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1, maxLength: 200 });
    const opened = fc.dictionary(fc.constantFrom('gap', 'run 1', 'run 2', 'run 9'), fc.nat(60));
    fc.assert(
      fc.property(paths, opened, (labels, revealed) => {
        let next = 0;
        for (const [from, to] of spans(foldPath(labels, new Map(Object.entries(revealed))))) {
          expect(from).toBe(next);
          next = to! + 1;
        }
        expect(next).toBe(labels.length);
      }),
    );
  });
});
