import type { RootWords } from '../../protocol/vocabulary.ts';

/** Explanations of the kinds of root in Ruby's dumps, for people who do not read Ruby's source. */
export const RUBY_ROOTS: readonly RootWords[] = [
  {
    name: 'vm',
    text: 'the virtual machine itself: Object with all constants below it, threads and what is loaded.',
    doubtful: false,
    listsThreads: true,
  },
  {
    name: 'machine_context',
    text: 'The root machine_context is a conservative scan of the C stack and registers: a number that looks like an address is enough. What it alone holds may be held by accident, and be gone in the next dump.',
    doubtful: true,
  },
  { name: 'global_tbl', text: 'global variables ($…).', doubtful: false },
  {
    name: 'global_list',
    text: 'addresses that C code registered with rb_gc_register_address.',
    doubtful: false,
  },
  { name: 'finalizers', text: 'finalizers that wait for their objects.', doubtful: false, finalizers: true },
  { name: 'end_proc', text: 'at_exit blocks.', doubtful: false },
  { name: 'global_symbols', text: 'the table of symbols.', doubtful: false },
  { name: 'symbols', text: 'the table of symbols.', doubtful: false },
  { name: 'parser', text: 'what the parser was working on.', doubtful: false },
  { name: 'live_method_entries', text: 'methods that are being called.', doubtful: false },
  {
    name: 'generic_ivars',
    text: 'the table of instance variables of objects that are no plain objects.',
    doubtful: false,
  },
  { name: 'encodings', text: 'the table of encodings.', doubtful: false },
  { name: 'object_id', text: 'the table of object ids that were asked for.', doubtful: false },
  { name: 'YJIT', text: 'code that the YJIT compiler made.', doubtful: false },
  { name: 'ZJIT', text: 'code that the ZJIT compiler made.', doubtful: false },
  { name: 'objspace', text: 'the garbage collector’s own tables.', doubtful: false },
  {
    name: '(inline caches)',
    text: 'Only inline caches of constants lead here. A cache says where a constant is used, not who owns its value.',
    doubtful: true,
  },
];
