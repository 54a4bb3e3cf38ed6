import { ObjectFlag } from '../../../model/object-flags.ts';
import { canonical } from '../../oracle-ruby-dump.ts';
import type { Draft, Piece, SoundRecord } from '../draft.ts';
import type { Value, Values } from '../texts.ts';

/** A sound record that is an object of the dump. */
export interface ExpectedObject {
  address: string;
  record: SoundRecord;
}

/** What a reader must find in a draft. */
export class Expected {
  /** The first sound record of each address, in file order. */
  readonly objects = new Map<string, ExpectedObject>();
  /** Number of sound records except for roots: each is an object, a duplicate, a free slot or a shape. */
  readonly records: number;
  /** The text of everything damaged, in lower case. */
  readonly damage: string;
  readonly damaged: readonly Piece[];
  /** Whether every record must be read as it stands, so that the results must equal those of the slow reader. */
  readonly exact: boolean;
  /** Addresses that occur in something damaged: the object there need not be the sound record. */
  readonly claimed = new Set<string>();

  constructor({ pieces }: Draft) {
    const sound = pieces.flatMap(({ record }) => record ?? []);
    this.damaged = pieces.filter(({ kind }) => kind === 'damaged');
    this.damage = this.damaged
      .map(({ text, end }) => text + end)
      .join('\n')
      .toLowerCase();
    this.exact = this.damaged.length === 0 && sound.every(({ loose }) => loose.size === 0);
    this.records = sound.filter(({ fields }) => fields.type !== 'ROOT').length;
    for (const record of sound) {
      const { address, type } = record.fields;
      if (address === undefined || ['ROOT', 'NONE', 'SHAPE'].includes(type)) continue;
      const exact = canonical(address);
      if (!this.objects.has(exact)) this.objects.set(exact, { address: exact, record });
    }
    for (const [, digits] of this.damage.matchAll(/0x0*([0-9a-f]+)/g)) this.claimed.add(`0x${digits}`);
  }
}

/** The sound records as Ruby would write them, one per line: the input of the slow reader. */
export function cleanText({ pieces }: Draft): string {
  return pieces.flatMap(({ record }) => (record === null ? [] : [`${record.clean}\n`])).join('');
}

const FLAG_FIELDS = ['frozen', 'embedded', 'fstring', 'shared', 'broken', 'singleton'] as const;
/** The flags that {@link slowFlags} may return. */
export const FLAG_BITS = [...FLAG_FIELDS, 'old', 'pinned'] as const;

/** Names of the flags that are set in a record. */
export function slowFlags(values: Values): string[] {
  const fields = Object.fromEntries(values);
  const flags = (fields.flags ?? {}) as Record<string, Value>;
  const isOld = flags.old === true || flags.long_lived === true || flags.age === 3;
  return [
    ...FLAG_FIELDS.filter(name => fields[name] === true),
    ...(isOld ? ['old'] : []),
    ...(flags.pinned === true ? ['pinned'] : []),
  ];
}

/** Names of the bits that are set in an entry of the flags column. */
export function flagNames(bits: number): string[] {
  return FLAG_BITS.filter(name => (bits & ObjectFlag[name]) !== 0);
}
