import { GROUPING_KEYS, type GroupingKey, isGroupingKey } from '../../workers/protocol/object-set.ts';
import type { ParamsOf } from '../../workers/protocol/questions.ts';

type ReportOptions = ParamsOf<'report'>;

/** The check for each option, and what it expects. */
const CHECKS: Readonly<
  Record<keyof ReportOptions, { wanted: string; isRight: (value: unknown) => boolean }>
> = {
  top: {
    wanted: 'a count, such as { top: 10 }',
    isRight: value => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  },
  filter: {
    wanted: "a filter as text, such as { filter: 'class:User' }",
    isRight: value => typeof value === 'string',
  },
  group: {
    wanted: `a list of keys, such as { group: ['class', 'gem'] }; the keys are ${GROUPING_KEYS.join(', ')}`,
    isRight: value => Array.isArray(value) && value.length > 0 && value.every(isGroupingKey),
  },
};

/**
 * Validates the options that a script passes to a console function. `taken`: the options that the function has. Throws
 * with a message for any other option or value.
 */
export function consoleOptions<Name extends keyof ReportOptions>(
  method: string,
  options: unknown,
  taken: readonly Name[],
): Pick<ReportOptions, Name> {
  if (options === undefined) return {} as Pick<ReportOptions, Name>;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      `heapscape.${method} needs options such as { top: 10 }, and got ${valueInWords(options)}.`,
    );
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const known = taken.find(each => each === name);
    if (known === undefined) {
      throw new TypeError(
        `heapscape.${method} has no option ${JSON.stringify(name)}. It has ${taken.join(', ')}.`,
      );
    }
    const { wanted, isRight } = CHECKS[known];
    if (isRight(value)) continue;
    throw new TypeError(`heapscape.${method} needs ${wanted}, and got ${name}: ${valueInWords(value)}.`);
  }
  return Object.fromEntries(given) as Pick<ReportOptions, Name> & { group?: GroupingKey[] };
}

/** A rejected value, for a message. */
export function valueInWords(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.map(String).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return 'another object';
  return String(value);
}
