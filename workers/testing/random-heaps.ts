import fc from 'fast-check';

/** The names in random heaps, so that filters can ask for them. */
export const HEAP_WORDS = {
  classes: ['Order', 'OrderLine', 'User', 'Store::Customer', 'Kernel'],
  files: ['app/models/order.rb', 'app/models/user.rb', 'lib/rack.rb', 'main.rb'],
  methods: ['new', 'build', 'order', 'name='],
  roots: ['vm', 'global_tbl', 'machine_context'],
  structs: ['proc', 'ObjectTracing/allocation_info_tracer', 'mutex'],
} as const;

const { classes, files, methods, roots, structs } = HEAP_WORDS;
/**
 * Drawn names of the classes: a class, its subclasses, one that includes a module, a module, its proxy, a singleton
 * class.
 */
const CLASS_NAMES = ['c0', 'c1', 'c2', 'c3', 'm0', 'i0', 's0'];
const CLASS_RECORDS = [
  `c0 CLASS 500 class=s0 name=${classes[0]}`,
  `c1 CLASS 500 name=${classes[1]} superclass=c0`,
  `c2 CLASS 500 name=${classes[2]} superclass=i0`,
  `c3 CLASS 500 class=c3 name=${classes[3]} superclass=c1`,
  `m0 MODULE 300 name=${classes[4]}`,
  'i0 ICLASS 80 class=m0 superclass=c0',
  's0 CLASS 100 name= singleton=true superclass=c3',
];
const OBJECTS = 40;

const words = fc.array(
  fc.constantFrom(
    'frozen=true',
    'shared=true',
    'embedded=true',
    'fstring=true',
    'broken=true',
    'encoding=UTF-8',
    'encoding=US-ASCII',
    'slot_size=40',
    'slot_size=160',
    'shape_id=7',
    'flags={"old":true}',
    'flags={"age":3,"pinned":true}',
    'flags={"shareable":true}',
  ),
  { maxLength: 3 },
);
const objects = fc.record({
  type: fc.constantFrom('OBJECT', 'STRING', 'ARRAY', 'DATA', 'HASH', 'IMEMO'),
  bytes: fc.oneof(fc.integer({ min: 40, max: 60 }), fc.nat(5000), fc.constantFrom(0, 5_000_000_000)),
  classOf: fc.option(fc.constantFrom(...CLASS_NAMES), { freq: 5 }),
  generation: fc.option(fc.nat(6)),
  site: fc.option(fc.tuple(fc.constantFrom(...files), fc.integer({ min: 1, max: 3 })), { freq: 3 }),
  method: fc.option(fc.constantFrom(...methods)),
  length: fc.option(fc.nat(30)),
  text: fc.option(fc.constantFrom('open', 'closed', 'line', 'a_longer_text_of_an_order'), { freq: 5 }),
  kind: fc.constantFrom(...structs),
  words,
  targets: fc.array(
    fc.oneof(
      fc.nat(OBJECTS - 1).map(at => `o${at}`),
      fc.constantFrom(...CLASS_NAMES, '0xdead'),
    ),
    {
      maxLength: 4,
    },
  ),
  /** Some objects have many references, most of them repeated. */
  repeats: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(7) }),
});

/**
 * Heaps drawn as text (see `heapFromText`) with everything that filters ask for: inheritance, singleton classes,
 * shared, repeated, dangling and self references, lengths, flags, unreachable objects, and objects without class, site
 * or generation.
 */
export const randomHeaps: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(objects, { minLength: OBJECTS, maxLength: OBJECTS }),
    fc.array(fc.array(fc.nat(OBJECTS - 1), { maxLength: 4 }), {
      minLength: roots.length,
      maxLength: roots.length,
    }),
  )
  .map(([all, listed]) => {
    const records = all.map((object, at) => {
      const { type, bytes, classOf, generation, site, method, length, kind, text, targets, repeats } = object;
      const lengthKey = type === 'STRING' ? 'bytesize' : type === 'HASH' ? 'size' : 'length';
      return [
        `o${at} ${type} ${bytes}`,
        classOf === null ? '' : `class=${classOf}`,
        type === 'DATA' ? `struct=${kind}` : '',
        type === 'IMEMO' ? `imemo_type=${bytes % 2 === 0 ? 'constcache' : 'ment'}` : '',
        length === null || !['STRING', 'ARRAY', 'HASH'].includes(type) ? '' : `${lengthKey}=${length}`,
        type !== 'STRING' || text === null ? '' : `value=${text}`,
        ...new Map(object.words.map(word => [word.split('=')[0], word])).values(),
        generation === null ? '' : `gen=${generation}`,
        site === null ? '' : `at=${site[0]}:${site[1]}`,
        site === null || method === null ? '' : `method=${method}`,
        targets.length === 0 ? '' : `-> ${Array(repeats).fill(targets.join(' ')).join(' ')}`,
      ].join(' ');
    });
    const lists = roots.map(
      (root, kind) =>
        `${root} => ${['c0', 'c2'].slice(kind).join(' ')} ${listed[kind]!.map(at => `o${at}`).join(' ')}`,
    );
    return [...lists, ...CLASS_RECORDS, ...records].join('\n');
  });
