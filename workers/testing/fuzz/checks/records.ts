import { oracleClassLabel } from '../../oracle-class-label.ts';
import { canonical } from '../../oracle-ruby-dump.ts';
import type { OracleFields } from '../../oracle-ruby-records.ts';
import type { ReadSnapshot } from '../../snapshot-columns.ts';
import { columnsOfSnapshot, type ObjectColumns, textOrNull } from '../../snapshot-columns.ts';
import type { Loose, SoundRecord } from '../draft.ts';
import type { Failures } from '../failure.ts';
import { type Expected, flagNames, slowFlags } from './expected.ts';

/** The columns that are not compared after a mutation made a field impossible. */
const LOOSE_COLUMNS: Readonly<Record<Loose, readonly (keyof SlowColumns)[]>> = {
  type: ['type'],
  class: ['classAddress', 'label', 'references'],
  label: ['label'],
  shallowBytes: ['shallowBytes'],
  references: ['references'],
  site: ['file', 'line', 'method'],
  generation: ['generation'],
  length: ['length'],
  flags: ['flags'],
  value: ['hasValue'],
  encoding: ['encoding'],
  shape: ['shape'],
};

type SlowColumns = Omit<ObjectColumns, 'address' | 'dominator' | 'retainedBytes' | 'referrers' | 'label'> & {
  /** Null if it depends on damaged records. */
  label: string | null;
  /** Null if they are unknown. */
  flags: string[] | null;
};

/**
 * Checks that every sound record is there with the values of the slow reader, whatever surrounds it, and that there are
 * no other objects than those of damaged records. O(objects × references).
 */
export function checkRecords(read: ReadSnapshot, expected: Expected, failures: Failures): void {
  const { flags } = read.snapshot;
  const columns = columnsOfSnapshot(read);
  const present = new Set(columns.map(({ address }) => address));
  const slow = new SlowReader(expected, present);
  columns.forEach((ours, object) => {
    const sound = expected.objects.get(ours.address);
    if (sound === undefined) checkFromDamage(ours, expected, failures);
    else if (!expected.claimed.has(ours.address)) {
      const own = { ...ours, flags: flagNames(flags[object]!) };
      compare(own, slow.columns(ours.address, sound.record), sound.record, failures);
    }
  });
  for (const { address, record } of expected.objects.values()) {
    if (!present.has(address)) failures.add('records', `${address} is lost: ${record.clean.slice(0, 120)}`);
  }
}

function compare(
  ours: ObjectColumns & { flags: string[] },
  theirs: SlowColumns,
  { loose }: SoundRecord,
  failures: Failures,
): void {
  const free = new Set([...loose].flatMap(what => LOOSE_COLUMNS[what]));
  for (const column of Object.keys(theirs) as (keyof SlowColumns)[]) {
    if (free.has(column) || (theirs[column] === null && (column === 'label' || column === 'flags'))) continue;
    failures.equal('records', `${column} of ${ours.address}`, ours[column], theirs[column]);
  }
}

/** Checks an object from something damaged: all of it must be in the damage, not in a sound record. */
function checkFromDamage(ours: ObjectColumns, { damage, damaged }: Expected, failures: Failures): void {
  const isThere = (address: string) => damage.includes(address.slice(2));
  if (damaged.length === 0) failures.add('records', `${ours.address} is in no record`);
  else if (!isThere(ours.address)) failures.add('records', `${ours.address} is in nothing that is damaged`);
  const foreign = [ours.classAddress ?? ours.address, ...ours.references].filter(
    address => !isThere(address),
  );
  if (foreign.length > 0) {
    failures.add('records', `${ours.address}, which is damaged, got ${foreign.join(' ')} of another record`);
  }
}

/** Reads single records slowly, for dumps that are not completely sound. */
class SlowReader {
  readonly #expected: Expected;
  readonly #present: ReadonlySet<string>;
  /** Whether the `class` of an IMEMO is a reference; null if that depends on something damaged. */
  readonly #internal: boolean | null;
  #tainted = false;

  constructor(expected: Expected, present: ReadonlySet<string>) {
    this.#expected = expected;
    this.#present = present;
    const hasSlotSizes = [...expected.objects.values()].some(
      ({ record }) => record.fields.slot_size !== undefined,
    );
    const unknown = !hasSlotSizes && expected.damage.includes('slot_size');
    this.#internal = unknown ? null : !hasSlotSizes;
  }

  columns(address: string, { fields, values }: SoundRecord): SlowColumns {
    const isImemo = fields.type === 'IMEMO';
    const classAddress = fields.class === undefined ? null : canonical(fields.class);
    const file = fields.file === '' ? null : (fields.file ?? null);
    const columns: SlowColumns = {
      type: fields.type,
      classAddress:
        isImemo || classAddress === null || !this.#present.has(classAddress) ? null : classAddress,
      shallowBytes: fields.memsize ?? 0,
      file,
      line: file === null ? 0 : (fields.line ?? 0),
      method: file === null ? null : (fields.method ?? null),
      generation: fields.generation ?? null,
      length: fields.bytesize ?? fields.size ?? fields.length ?? null,
      hasValue: fields.value !== undefined,
      encoding: textOrNull(fields.encoding),
      shape: fields.shape_id ?? null,
      references: this.#references(address, fields, classAddress),
      label: this.#label(fields),
      flags: values === null ? null : slowFlags(values),
    };
    return columns;
  }

  #references(address: string, fields: OracleFields, classAddress: string | null): string[] {
    const listed = (fields.references ?? []).map(canonical);
    const isInternal =
      fields.type === 'IMEMO' && fields.imemo_type !== 'callcache' && this.#internal !== false;
    if (isInternal && classAddress !== null) listed.push(classAddress);
    return listed.filter(target => target !== address && this.#present.has(target));
  }

  #label(fields: OracleFields): string | null {
    this.#tainted = false;
    const label = oracleClassLabel(fields, address => this.#find(canonical(address)));
    return this.#tainted ? null : label;
  }

  #find(address: string): OracleFields | undefined {
    const found = this.#expected.objects.get(address);
    const isDamaged = this.#expected.claimed.has(address) && this.#present.has(address);
    if (isDamaged || found?.record.loose.has('label') || found?.record.loose.has('class'))
      this.#tainted = true;
    return found?.record.fields;
  }
}
