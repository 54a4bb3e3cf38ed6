import fc from 'fast-check';
import type { AnyTerm, Figure, Filter, Pattern, TermValues } from '../protocol/filter/filter.ts';
import { declarationOf, type FlagName, OPERATORS, type TermName } from '../protocol/filter/terms.ts';

/** The values from which random filters are made. */
export interface FilterVocabulary {
  texts: fc.Arbitrary<string>;
  /** Regular expressions that `parseRegexp` accepts, without a slash. */
  expressions: fc.Arbitrary<string>;
  amounts: fc.Arbitrary<number>;
  /** Lower-case, without padding. */
  addresses: fc.Arbitrary<string>;
  terms: readonly TermName[];
  flags: readonly FlagName[];
}

const NOWHERE = { from: 0, to: 0 };

/** Random filters of any depth; none is empty. */
export function randomFilters(vocabulary: FilterVocabulary): fc.Arbitrary<Filter> {
  const { texts, amounts } = vocabulary;
  const text: fc.Arbitrary<Pattern> = fc.oneof(
    texts.map((each): Pattern => ({ kind: 'text', text: each })),
    fc
      .tuple(vocabulary.expressions, fc.boolean())
      .map(([source, ignoreCase]): Pattern => ({ kind: 'regexp', source, ignoreCase })),
  );
  const figure: fc.Arbitrary<Figure> = fc.oneof(
    fc
      .tuple(fc.constantFrom(...OPERATORS), amounts)
      .map(([operator, amount]): Figure => ({ kind: 'compare', operator, amount })),
    fc
      .tuple(amounts, amounts)
      .map(
        ([one, other]): Figure => ({ kind: 'range', from: Math.min(one, other), to: Math.max(one, other) }),
      ),
    amounts.map((from): Figure => ({ kind: 'range', from, to: null })),
    amounts.map((to): Figure => ({ kind: 'range', from: null, to })),
  );
  const nothing = fc.constant({ kind: 'nothing' } as const);
  return fc.letrec<{ filter: Filter; term: Filter }>(tie => {
    const values: { [Kind in keyof TermValues]: fc.Arbitrary<TermValues[Kind]> } = {
      text,
      class: fc.oneof(
        text,
        texts.map(name => ({ kind: 'family', name }) as const),
      ),
      group: fc.oneof({ weight: 4, arbitrary: text }, nothing),
      bytes: figure,
      count: figure,
      generation: fc.oneof({ weight: 4, arbitrary: figure }, nothing),
      flag: fc.constantFrom(...vocabulary.flags),
      filter: tie('filter'),
      id: amounts.map(amount => String(Math.trunc(amount))),
    };
    const parts = fc.array(tie('filter'), { minLength: 2, maxLength: 3 });
    return {
      term: fc
        .constantFrom(...vocabulary.terms)
        .chain(name =>
          (values[declarationOf(name).takes] as fc.Arbitrary<unknown>).map(
            value => ({ kind: 'term', name, value, span: NOWHERE }) as AnyTerm,
          ),
        ),
      filter: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { weight: 6, arbitrary: tie('term') },
        text.map((pattern): Filter => ({ kind: 'words', pattern, span: NOWHERE })),
        vocabulary.addresses.map((address): Filter => ({ kind: 'address', address, span: NOWHERE })),
        tie('filter').map((part): Filter => ({ kind: 'not', part })),
        parts.map((all): Filter => ({ kind: 'and', parts: all })),
        parts.map((all): Filter => ({ kind: 'or', parts: all })),
      ),
    };
  }).filter;
}
