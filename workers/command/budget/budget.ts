import { parseAmount } from '../../protocol/filter/amounts.ts';
import { problemText } from '../../protocol/filter/filter.ts';
import { parseFilter } from '../../protocol/filter/parse-filter.ts';
import { GROUPING_KEYS, type GroupingKey, isGroupingKey } from '../../protocol/object-set.ts';

/** What a limit is about. `objects` is a count, the others are bytes (numbers.md#shallow-size). */
export type Measure = 'objects' | 'shallow' | 'retained';

/** What a budget allows of some objects. */
export interface Limit {
  /** As it is written in the budget. */
  text: string;
  /** The reason for the limit, as the budget states it; null if it states none. */
  why: string | null;
  /** The objects to which the limit applies, as a filter; empty = all. */
  filter: string;
  /** With a key, the limit holds for each of its groups; null = for all the objects together. */
  each: GroupingKey | null;
  measure: Measure;
  /** The most that is allowed, in objects or bytes; of growth, how much more than in the first dump. */
  most: number;
  /** Growth can be limited in percent of the first dump. */
  isPercent: boolean;
}

/** A budget: what each dump may hold, and how much more the last dump may hold than the first. */
export interface Budget {
  limits: Limit[];
  growth: Limit[];
}

/** Thrown for a budget that cannot be read; the message names the limit and what is wrong with it. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/**
 * Reads a budget, a JSON object with `limits` and `growth`, each a list of texts, or of objects `{"limit": text,
 * "why": text}`. A text is `[FILTER] MEASURE <= AMOUNT` or `each KEY [in FILTER] MEASURE <= AMOUNT`.
 */
export function parseBudget(json: string): Budget {
  const value = parseJson(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BudgetError('The budget is no JSON object with "limits" and "growth".');
  }
  const unknown = Object.keys(value).find(key => key !== 'limits' && key !== 'growth');
  if (unknown !== undefined) {
    throw new BudgetError(`The budget has "${unknown}": there are "limits" and "growth".`);
  }
  const { limits = [], growth = [] } = value as { limits?: unknown; growth?: unknown };
  const budget = { limits: readList('limits', limits, false), growth: readList('growth', growth, true) };
  if (budget.limits.length + budget.growth.length === 0) throw new BudgetError('The budget has no limit.');
  return budget;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new BudgetError(`The budget is no JSON: ${(error as Error).message}`);
  }
}

function readList(name: string, list: unknown, isGrowth: boolean): Limit[] {
  if (!Array.isArray(list)) throw new BudgetError(`"${name}" is no list.`);
  return list.map((entry: unknown, at) => {
    const { limit, why = null } =
      typeof entry === 'string' ? { limit: entry } : ((entry ?? {}) as { limit?: unknown; why?: unknown });
    if (typeof limit !== 'string' || (why !== null && typeof why !== 'string')) {
      throw new BudgetError(
        `"${name}", entry ${at + 1}, is neither a text nor {"limit": text, "why": text}.`,
      );
    }
    return parseLimit(limit, why, isGrowth);
  });
}

/** The last measure in the text counts, because a filter may contain one, too. */
const SHAPE = /^(?:(.*)\s)?(objects|shallow|retained)\s*(?:<=|≤)\s*(\S.*)$/s;
const EACH = /^each\s+(\S+)(?:\s+in\s+(.+))?$/s;

/** Reads one limit. Of growth, the amount may be a percentage. */
export function parseLimit(text: string, why: string | null, isGrowth: boolean): Limit {
  const wrong = (message: string) => new BudgetError(`"${text}": ${message}`);
  const match = SHAPE.exec(text.trim());
  if (match === null) {
    throw wrong(
      'a limit is "FILTER objects|shallow|retained <= AMOUNT", as in "class:User retained <= 1MB".',
    );
  }
  const [, written = '', measure, amountText] = match as unknown as [
    string,
    string | undefined,
    Measure,
    string,
  ];
  const subject = written.trim();
  const each = EACH.exec(subject);
  const key = each?.[1] ?? null;
  if (key !== null && !isGroupingKey(key)) {
    throw wrong(`there is no key ${key} to group by. There are ${GROUPING_KEYS.join(', ')}.`);
  }
  const filter = each === null ? subject : (each[2] ?? '');
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw wrong(problemText(parsed.problem));
  const isPercent = amountText.endsWith('%');
  if (isPercent && !isGrowth) throw wrong('only growth can be limited in percent.');
  // A space before the unit is how amounts are usually printed.
  const amount = amountText.replace(/\s*%$/, '').replace(/^([\d.,_]+)\s+(?=[a-z]+$)/i, '$1');
  const most = parseAmount(amount, measure !== 'objects' && !isPercent);
  if (typeof most !== 'number') throw wrong(`${most.message}.`);
  return { text, why, filter, each: key, measure, most, isPercent };
}
