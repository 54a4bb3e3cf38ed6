import type { Figure } from '../../protocol/filter/filter.ts';

/** A range of whole numbers from `least` to `most`, both included; `negated`: all others. */
export interface Bounds {
  least: number;
  most: number;
  negated: boolean;
}

/** The bounds of a comparison or a range, for whole numbers. */
export function boundsOf(figure: Figure): Bounds {
  if (figure.kind === 'range') {
    return between(figure.from ?? Number.NEGATIVE_INFINITY, figure.to ?? Number.POSITIVE_INFINITY);
  }
  const { amount, operator } = figure;
  switch (operator) {
    case '<':
      return between(Number.NEGATIVE_INFINITY, Math.ceil(amount) - 1);
    case '<=':
      return between(Number.NEGATIVE_INFINITY, amount);
    case '>':
      return between(Math.floor(amount) + 1, Number.POSITIVE_INFINITY);
    case '>=':
      return between(amount, Number.POSITIVE_INFINITY);
    case '=':
      return between(amount, amount);
    case '!=':
      return { ...between(amount, amount), negated: true };
  }
}

function between(least: number, most: number): Bounds {
  return { least, most, negated: false };
}

export function isWithin({ least, most, negated }: Bounds, value: number): boolean {
  return (value >= least && value <= most) !== negated;
}
