import { type DroppedFile, textFile } from './app-driver.ts';

/** Start of a process's heap: different processes have different addresses. */
const FIRST = 0x7f00_0000_0000;
const SESSION = 0;
const STORE = 1;
const LRU = 2;
const CLASSES = ['Session', 'SessionStore', 'Lru', 'Order', 'User', 'Line'];
const STORE_ARRAY = 10;
const LRU_HASH = 11;
const FIRST_SESSION = 1000;
const FIRST_ENTRY = 5000;
const ENTRIES = 40;

interface Moment {
  name: string;
  sessions: number;
  /** The GC count; entries of the cache were allocated in the latest GC runs. */
  generation: number;
}

const MOMENTS: readonly Moment[] = [
  { name: 'before.json', sessions: 10, generation: 4 },
  { name: 'after.json', sessions: 31, generation: 8 },
  { name: 'later.json', sessions: 73, generation: 12 },
];

/**
 * Dumps of one process in the order in which they were taken. `SessionStore` keeps every `Session`: 21 are added from
 * the first dump to the second, and 42 to the third. A cache of 40 strings replaces all of them, at the same addresses.
 */
export function leakDumps({ process = 1 } = {}): [DroppedFile, DroppedFile, DroppedFile] {
  return MOMENTS.map(moment => textFile(moment.name, dumpOf(moment, FIRST * process))) as [
    DroppedFile,
    DroppedFile,
    DroppedFile,
  ];
}

function dumpOf({ sessions, generation }: Moment, first: number): string {
  const address = (slot: number) => `0x${(first + slot * 40).toString(16)}`;
  const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
  /** The generation in which a session was allocated. */
  const bornIn = (at: number) => MOMENTS.find(moment => at < moment.sessions)!.generation - 1;
  const sessionSlots = range(FIRST_SESSION, sessions);
  const entrySlots = range(FIRST_ENTRY, ENTRIES);
  const references: Record<number, number[]> = { [STORE]: [STORE_ARRAY], [LRU]: [LRU_HASH] };
  const site = (file: string, line: number, born: number) => ({ file, line, generation: born });
  const records = [
    { type: 'ROOT', root: 'vm', references: [STORE, LRU].map(address) },
    ...CLASSES.map((name, at) => ({
      address: address(at),
      type: 'CLASS',
      name,
      references: (references[at] ?? []).map(address),
      memsize: 500,
    })),
    {
      address: address(STORE_ARRAY),
      type: 'ARRAY',
      length: sessions,
      references: sessionSlots.map(address),
      ...site('app/session_store.rb', 2, 1),
      memsize: 40 + sessions * 8,
    },
    {
      address: address(LRU_HASH),
      type: 'HASH',
      size: ENTRIES,
      references: entrySlots.map(address),
      ...site('app/lru.rb', 2, 1),
      memsize: 400,
    },
    ...sessionSlots.map((slot, at) => ({
      address: address(slot),
      type: 'OBJECT',
      class: address(SESSION),
      ...site('app/session_store.rb', 9, bornIn(at)),
      memsize: 160,
    })),
    ...entrySlots.map(slot => ({
      address: address(slot),
      type: 'STRING',
      value: `entry ${slot}`,
      ...site('app/lru.rb', 7, generation - 1),
      memsize: 40,
    })),
  ];
  return records.map(record => `${JSON.stringify(record)}\n`).join('');
}
