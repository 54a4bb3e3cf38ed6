import fc from 'fast-check';

const SLOTS = 40;
const FIRST = 0x7f0000000000;
const CLASSES = ['Order', 'User', 'Line', 'Cache', 'Session', 'String'];

/** The fields of a record besides its address. */
const kinds = fc.record({
  type: fc.constantFrom('OBJECT', 'STRING', 'ARRAY', 'HASH', 'DATA'),
  classOf: fc.option(fc.nat(CLASSES.length - 1), { freq: 6 }),
  bytes: fc.constantFrom(40, 80, 160),
  value: fc.option(fc.constantFrom('a', 'b', 'cd'), { freq: 4 }),
  site: fc.option(
    fc.record({ file: fc.constantFrom('a.rb', 'b.rb'), line: fc.integer({ min: 1, max: 2 }) }),
    {
      freq: 3,
    },
  ),
});

/** What happens to a slot between two dumps: usually nothing; or it is freed, or reused for another object. */
const events = fc.oneof(
  { weight: 5, arbitrary: fc.constant('stay' as const) },
  { weight: 2, arbitrary: fc.constant('free' as const) },
  { weight: 3, arbitrary: kinds },
);

/**
 * Texts of three dumps of one process. Slots are freed and reused for other objects, often of the same class, type or
 * site; some objects are traced and some are not.
 */
export const randomSeries: fc.Arbitrary<string[]> = fc
  .array(fc.array(events, { minLength: SLOTS, maxLength: SLOTS }), { minLength: 3, maxLength: 3 })
  .map(steps => {
    const slots: (string | null)[] = Array.from({ length: SLOTS }, () => null);
    return steps.map((step, dump) => {
      for (const [slot, event] of step.entries()) {
        if (event === 'free') slots[slot] = null;
        else if (event !== 'stay') slots[slot] = fieldsOf(event, dump);
      }
      return dumpText(slots);
    });
  });

type Kind = typeof kinds extends fc.Arbitrary<infer Value> ? Value : never;

function fieldsOf({ type, classOf, bytes, value, site }: Kind, dump: number): string {
  const fields = [`"type":"${type}"`];
  if (classOf !== null) fields.push(`"class":"${classAddress(classOf)}"`);
  if (value !== null && type === 'STRING') fields.push(`"bytesize":${value.length}`, `"value":"${value}"`);
  if (site !== null) fields.push(`"file":"${site.file}"`, `"line":${site.line}`, `"generation":${dump + 3}`);
  return [...fields, `"memsize":${bytes}`].join(', ');
}

function dumpText(slots: readonly (string | null)[]): string {
  const classes = CLASSES.map(
    (name, at) => `{"address":"${classAddress(at)}", "type":"CLASS", "name":"${name}", "memsize":500}\n`,
  );
  const objects = slots.flatMap((fields, slot) =>
    fields === null ? [] : [`{"address":"${addressOf(slot)}", ${fields}}\n`],
  );
  const live = slots.flatMap((fields, slot) => (fields === null ? [] : [`"${addressOf(slot)}"`]));
  return [`{"type":"ROOT", "root":"vm", "references":[${live.join(', ')}]}\n`, ...classes, ...objects].join(
    '',
  );
}

/** Spread over two pages, so that the keys of a page differ between dumps when its first objects are freed. */
function addressOf(slot: number): string {
  return `0x${(FIRST + (slot % 2) * 0x4000 + slot * 40).toString(16)}`;
}

function classAddress(at: number): string {
  return `0x${(FIRST - 0x8000 + at * 40).toString(16)}`;
}
