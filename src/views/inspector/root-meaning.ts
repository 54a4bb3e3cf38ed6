/** What a kind of root is, for people who do not read Ruby's source. */
export interface RootMeaning {
  text: string;
  /** Whether being held by it may be an accident, or says less than it seems. */
  doubtful: boolean;
}

/** A map and no object: the names come from the dump. */
const MEANINGS: ReadonlyMap<string, RootMeaning> = new Map<string, RootMeaning>(
  Object.entries({
    vm: {
      text: 'the virtual machine itself: Object with all constants below it, threads and what is loaded.',
      doubtful: false,
    },
    machine_context: {
      text: 'The root machine_context is a conservative scan of the C stack and registers: a number that looks like an address is enough. What it alone holds may be held by accident, and be gone in the next dump.',
      doubtful: true,
    },
    global_tbl: { text: 'global variables ($…).', doubtful: false },
    global_list: { text: 'addresses that C code registered with rb_gc_register_address.', doubtful: false },
    finalizers: { text: 'finalizers that wait for their objects.', doubtful: false },
    end_proc: { text: 'at_exit blocks.', doubtful: false },
    global_symbols: { text: 'the table of symbols.', doubtful: false },
    symbols: { text: 'the table of symbols.', doubtful: false },
    parser: { text: 'what the parser was working on.', doubtful: false },
    live_method_entries: { text: 'methods that are being called.', doubtful: false },
    generic_ivars: {
      text: 'the table of instance variables of objects that are no plain objects.',
      doubtful: false,
    },
    encodings: { text: 'the table of encodings.', doubtful: false },
    object_id: { text: 'the table of object ids that were asked for.', doubtful: false },
    YJIT: { text: 'code that the YJIT compiler made.', doubtful: false },
    ZJIT: { text: 'code that the ZJIT compiler made.', doubtful: false },
    objspace: { text: 'the garbage collector’s own tables.', doubtful: false },
    '(inline caches)': {
      text: 'Only inline caches of constants lead here. A cache says where a constant is used, not who owns its value.',
      doubtful: true,
    },
    'outside this dump': {
      text: 'This dump has no roots, as one taken with since: or a part of a dump: objects that nothing in it refers to stand in for them. What really keeps the object alive may be in no record of this file.',
      doubtful: true,
    },
  }),
);

const UNKNOWN: RootMeaning = {
  text: 'a kind of root that Heapscape does not know. What it lists is alive, as with every root.',
  doubtful: false,
};

/** The meaning of a kind of root. */
export function rootMeaning(root: string): RootMeaning {
  return MEANINGS.get(root) ?? UNKNOWN;
}
