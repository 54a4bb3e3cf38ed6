import fc from 'fast-check';

const OBJECTS = 60;
const CLASSES = 20;
const NAMES = ['Order', 'User', 'Base', '', '', ''];
const SITES = [
  '/x/gems/shop-1.2.3/lib/shop.rb:1',
  '/x/gems/shop-1.2.3/lib/cart.rb:2',
  '/x/gems/loader-2.0.0/lib/loader.rb:1',
  '/app/models/order.rb:7',
];
const VARIABLES = ['@a', '@b', '@c'];

/** The type and other fields of a record. Those that kinds of findings look for occur more often. */
const KINDS = [
  ...['OBJECT', 'OBJECT', 'OBJECT too_complex_shape=true', 'STRUCT', 'STRUCT', 'HASH size=1', 'HASH size=0'],
  ...['ARRAY length=1', 'ARRAY length=1 frozen=true', 'ARRAY length=2 frozen=true', 'ARRAY length=0'],
  ...['STRING value=open', 'STRING broken=true', 'STRING flags={"shareable":true}', 'SYMBOL value=key'],
  ...[
    'DATA struct=proc',
    'DATA struct=proc',
    'DATA struct=VM/thread',
    'DATA struct=VM/thread',
    'DATA struct=fiber',
  ],
  ...['DATA struct=weakmap', 'DATA struct=ractor', 'DATA struct=time', 'DATA struct=mutex'],
  ...['IMEMO imemo_type=iseq', 'IMEMO imemo_type=ment', 'IMEMO imemo_type=env', 'IMEMO imemo_type=fields'],
  ...['IMEMO imemo_type=constcache', 'FLOAT', 'BIGNUM', 'ZOMBIE'],
];
const HIDDEN = /^(IMEMO|ZOMBIE|ARRAY length=\d frozen)/;

const objects = fc.record({
  kind: fc.constantFrom(...KINDS),
  bytes: fc.oneof(fc.constantFrom(40, 80), fc.nat(3000)),
  /** Position of its class. */
  classOf: fc.nat(CLASSES - 1),
  /** What refers to it: an earlier object, a class, or one or two of the roots. */
  heldBy: fc.oneof(
    { weight: 5, arbitrary: fc.nat(OBJECTS - 1).map(at => ['object', at] as const) },
    { weight: 2, arbitrary: fc.nat(CLASSES - 1).map(at => ['class', at] as const) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 7 }).map(roots => ['roots', roots] as const) },
  ),
  others: fc.array(fc.nat(OBJECTS - 1), { maxLength: 1 }),
  generation: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4 }),
  site: fc.option(fc.constantFrom(...SITES), { freq: 4 }),
  method: fc.option(fc.constantFrom('call', 'new')),
});

const classes = fc.record({
  type: fc.constantFrom('CLASS', 'CLASS', 'CLASS', 'MODULE', 'ICLASS'),
  name: fc.constantFrom(...NAMES),
  /** Position of the superclass, if that comes earlier. */
  superclass: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat(CLASSES - 1) },
  ),
  /** What it is the singleton class of: an object, or an earlier class; null = none. */
  singletonOf: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat(OBJECTS - 1).map(at => ['object', at] as const) },
    { weight: 1, arbitrary: fc.nat(CLASSES - 1).map(at => ['class', at] as const) },
  ),
  isHeld: fc.integer({ min: 0, max: 9 }).map(at => at > 0),
  bytes: fc.integer({ min: 100, max: 900 }),
  generation: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 6 }),
  site: fc.option(fc.constantFrom(...SITES), { freq: 4 }),
});

/**
 * Lists, maps and objects with few possible contents, so that several are equal; structs of a separate class; and
 * blocks that captured an object as self.
 */
const alike = fc.array(
  fc.record({
    type: fc.constantFrom('ARRAY', 'HASH', 'OBJECT', 'OBJECT', 'STRUCT', 'BLOCK'),
    bytes: fc.constantFrom(40, 104, 200),
    targets: fc.constantFrom([0, 0], [1, 0]),
  }),
  { minLength: 6, maxLength: 10 },
);

/** Variables of objects, in the order in which they are set. */
const shapes = fc.array(fc.shuffledSubarray(VARIABLES, { minLength: 2 }), { minLength: 3, maxLength: 6 });

type DrawnClass = typeof classes extends fc.Arbitrary<infer Value> ? Value : never;
type DrawnObject = typeof objects extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Heaps of programs, drawn as text (see `heapFromText`): classes with the same name, without a name, and singleton
 * classes, with superclasses and instances; methods and bytecode below them; structs with lists of members; closures,
 * threads, ractors, weak maps, objects with finalizers; shapes. Most objects have one holder, so that dominator trees
 * are deep.
 */
export const randomPrograms: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(classes, { minLength: CLASSES, maxLength: CLASSES }),
    fc.array(objects, { minLength: OBJECTS, maxLength: OBJECTS }),
    shapes,
    alike,
  )
  .map(([drawnClasses, drawnObjects, drawnShapes, drawnAlike]) =>
    [draw(drawnClasses, drawnObjects, drawnShapes), ...drawAlike(drawnAlike)].join('\n'),
  );

type DrawnAlike = typeof alike extends fc.Arbitrary<infer Value> ? Value : never;

function drawAlike(all: DrawnAlike): string[] {
  const lengths = { ARRAY: 'length=2', HASH: 'size=1', OBJECT: '' } as const;
  const handler = all.some(({ type }) => type === 'BLOCK') ? ['Handler CLASS 100'] : [];
  const lines = all.flatMap(({ type, bytes, targets }, at) => {
    if (type === 'BLOCK') {
      return [
        `vm => alike${at} Handler`,
        `alike${at} DATA ${bytes} struct=proc -> self${at} code${at} ${targets[0] === 0 ? '' : 'o0'}`,
        `self${at} OBJECT ${bytes} class=Handler`,
        `code${at} IMEMO 40 imemo_type=iseq`,
      ];
    }
    if (type !== 'STRUCT')
      return [
        `vm => alike${at}`,
        `alike${at} ${type} ${bytes} ${lengths[type]} -> ${targets.map(target => `o${target}`).join(' ')}`,
      ];
    return [
      `vm => alike${at}`,
      `alike${at} STRUCT ${bytes} class=Pair${at}`,
      `Pair${at} CLASS 100 -> members${at}`,
      `members${at} ARRAY 40 length=${targets[0]! + 1} frozen=true`,
    ];
  });
  return [...handler, ...lines];
}

function draw(
  drawnClasses: readonly DrawnClass[],
  drawnObjects: readonly DrawnObject[],
  drawnShapes: readonly (readonly string[])[],
): string {
  const roots = { vm: [] as string[], machine_context: [] as string[], finalizers: [] as string[] };
  const references = new Map<string, string[]>();
  const refer = (from: string, to: string) => references.set(from, [...(references.get(from) ?? []), to]);
  /** Objects and classes that have a singleton class; each has at most one. */
  const singletons = new Map<string, string>();
  const isSingleton = drawnClasses.map(({ singletonOf, type }, at) => {
    if (type !== 'CLASS' || singletonOf === null || at === 0) return false;
    const [kind, target] = singletonOf;
    if (kind === 'object' && HIDDEN.test(drawnObjects[target]!.kind)) return false;
    if (kind === 'class' && (target >= at || drawnClasses[target]!.type === 'ICLASS')) return false;
    const name = kind === 'object' ? `o${target}` : `k${target}`;
    if (singletons.has(name)) return false;
    singletons.set(name, `k${at}`);
    refer(`k${at}`, name);
    return true;
  });
  // Without singleton classes of singleton classes, which most programs do not have.
  for (const [of, singleton] of [...singletons]) {
    const at = Number(of.slice(1));
    if (of.startsWith('k') && isSingleton[at]) singletons.delete(of);
    if (!singletons.has(of)) isSingleton[Number(singleton.slice(1))] = false;
  }
  for (const [at, { heldBy, others }] of drawnObjects.entries()) {
    const [kind, holder] = heldBy;
    if (kind === 'object' && holder < at) refer(`o${holder}`, `o${at}`);
    if (kind === 'class') refer(`k${holder}`, `o${at}`);
    if (kind === 'roots')
      for (const [bit, listed] of Object.values(roots).entries())
        if (holder & (1 << bit)) listed.push(`o${at}`);
    for (const other of others) if (other > at && other % 3 === 0) refer(`o${at}`, `o${other}`);
  }
  const classLines = drawnClasses.map(
    ({ type, name: drawn, superclass, isHeld, bytes, generation, site }, at) => {
      // The first one is the superclass of most others, and has a name, so that nameless classes share an ancestor.
      const name = at === 0 ? 'Base' : isSingleton[at] || type === 'ICLASS' ? '' : drawn;
      if (isHeld) roots.vm.push(`k${at}`);
      const singleton = singletons.get(`k${at}`);
      return words(`k${at} ${type} ${bytes} name=${name}`, references.get(`k${at}`), [
        superclass < at ? `superclass=k${superclass}` : null,
        singleton === undefined ? null : `class=${singleton}`,
        isSingleton[at] ? 'singleton=true' : null,
        ...traceOf(generation, site, null),
      ]);
    },
  );
  const objectLines = drawnObjects.map(({ kind, bytes, classOf, generation, site, method }, at) => {
    const ownClass = isSingleton[classOf] ? null : `k${classOf}`;
    const classWord = HIDDEN.test(kind) ? null : (singletons.get(`o${at}`) ?? ownClass);
    return words(`o${at} ${kind.replace(' ', ` ${bytes} `)}`, references.get(`o${at}`), [
      classWord === null ? null : `class=${classWord}`,
      kind === 'ZOMBIE' ? 'memsize=' : `memsize=${bytes}`,
      ...traceOf(generation, site, method),
    ]);
  });
  return [
    ...Object.entries(roots).map(([name, listed]) => `${name} => ${listed.join(' ')}`),
    ...shapeTree(drawnShapes),
    ...classLines,
    ...objectLines,
  ].join('\n');
}

function traceOf(generation: number | null, site: string | null, method: string | null): (string | null)[] {
  return [
    generation === null ? null : `gen=${generation}`,
    site === null ? null : `at=${site}`,
    site === null || method === null ? null : `method=${method}`,
  ];
}

function words(
  head: string,
  targets: readonly string[] | undefined,
  more: readonly (string | null)[],
): string {
  const references = targets === undefined ? '' : `-> ${targets.join(' ')}`;
  return [head, ...more.filter(word => word !== null), references].join(' ');
}

/** A shape for each prefix of an order, below the shape of the prefix that is one variable shorter. */
function shapeTree(orders: readonly (readonly string[])[]): string[] {
  const ids = new Map([['', 0]]);
  const lines = ['shape0 SHAPE 40 id=0 depth=0 shape_type=ROOT'];
  for (const order of orders) {
    for (const [at, variable] of order.entries()) {
      const key = order.slice(0, at + 1).join();
      if (ids.has(key)) continue;
      const parent = ids.get(order.slice(0, at).join())!;
      lines.push(
        `shape${ids.size} SHAPE 40 id=${ids.size} parent_id=${parent} depth=1 shape_type=IVAR edge_name=${variable}`,
      );
      ids.set(key, ids.size);
    }
  }
  return lines;
}
