/** Common keys for the time of a record. */
const TIME_KEYS = [
  'timestamp',
  'ts',
  '@timestamp',
  'at',
  'now',
  'datetime',
  'date',
  'created_at',
  'wall_time',
  't',
];

/** `2026-11-27T11:43:25.800538`, with a space instead of the T, and with or without a zone. */
const DATE = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d+)?) ?(Z|UTC|[-+]\d\d:?\d\d)?/;
/** Seconds since 1970, with a fraction: the first column of some logs and tools. */
const EPOCH = /(?:^|[[\s"])(1\d{9}(?:\.\d+)?)(?=[\s,\]]|$)/;

/** The time in a text, in seconds since 1970; NaN if there is none. Times without a zone are assumed to be UTC. */
export function timeIn(text: string): number {
  const date = DATE.exec(text);
  if (date !== null) {
    const zone = date[3] === undefined || date[3] === 'UTC' ? 'Z' : date[3];
    return Date.parse(`${date[1]}T${date[2]!.replace(',', '.')}${zone}`) / 1000;
  }
  const epoch = EPOCH.exec(text);
  return epoch === null ? Number.NaN : Number(epoch[1]);
}

/** The time in a record's own fields, and its key; null if there is none. */
export function timeOfFields(
  fields: ReadonlyMap<string, number | string>,
): { key: string; seconds: number } | null {
  for (const key of TIME_KEYS) {
    const value = fields.get(key);
    const seconds = typeof value === 'string' ? timeIn(value) : (value ?? Number.NaN);
    if (!Number.isNaN(seconds)) return { key, seconds: seconds > 1e11 ? seconds / 1000 : seconds };
  }
  // `time` is the clock if it is a date; a small number is GC.stat's total time of collections.
  const time = fields.get('time');
  const seconds =
    typeof time === 'string' ? timeIn(time) : time !== undefined && time > 1e9 ? time : Number.NaN;
  return Number.isNaN(seconds) ? null : { key: 'time', seconds: seconds > 1e11 ? seconds / 1000 : seconds };
}
