/** Units of bytes, largest first, as the printer writes them. */
const UNITS = [
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['KB', 2 ** 10],
  ['B', 1],
] as const;

/** Amounts are short, so a problem does not say where in the amount it is. */
export type AmountProblem = { message: string };

/**
 * Parses `1000`, `1,000`, `1_000`, `1.5`, and with units `1KB`, `1KiB` or `1k`, which all mean powers of 1024. The
 * result is below 2^53.
 */
export function parseAmount(text: string, hasUnits: boolean): number | AmountProblem {
  const match = /^(\d[\d,_]*(?:\.\d+)?)([a-z]*)$/i.exec(text);
  if (match === null) return { message: `${text === '' ? 'nothing' : text} is not a number` };
  const [, digits, unitText] = match as unknown as [string, string, string];
  const unit = unitText.toUpperCase().replace(/^([KMG])(I?B)?$/, '$1B');
  const factor = unit === '' ? 1 : UNITS.find(([name]) => name === unit)?.[1];
  if (unit !== '' && !hasUnits) return { message: `a count has no unit such as ${unitText}` };
  if (factor === undefined) return { message: `${unitText} is no unit: there are B, KB, MB and GB` };
  const amount = Number(digits.replace(/[,_]/g, '')) * factor;
  return amount < 2 ** 53 ? amount : { message: `${text} is too large` };
}

/** The shortest text that is parsed as the same number. */
export function printAmount(amount: number, hasUnits: boolean): string {
  const unit = hasUnits && amount >= 1024 ? UNITS.find(([, size]) => amount % size === 0) : undefined;
  return unit === undefined || unit[1] === 1 ? plain(amount) : `${amount / unit[1]}${unit[0]}`;
}

/** Writes small fractions without an exponent. */
function plain(amount: number): string {
  const text = String(amount);
  return text.includes('e') ? amount.toFixed(20).replace(/0+$/, '') : text;
}
