import fc from 'fast-check';

const CONTAINERS = 6;
/** Containers: how they and their elements are held, and their types. */
const containers = fc.record({
  type: fc.constantFrom('ARRAY class=Array', 'HASH class=Array', 'OBJECT class=Store', 'HASH', 'Thread'),
  /** Its own class, a class shared with others, the class of all constants, a root, two roots, or another container. */
  heldBy: fc.constantFrom('own', 'shared', 'shared', 'Object', 'vm', 'roots', 'container', 'instance'),
  bytes: fc.nat(500),
  /** Factor for the bytes of its elements: some containers are much smaller than others. */
  scale: fc.constantFrom(1, 0.3, 0.05),
  elements: fc.array(
    fc.record({
      kind: fc.constantFrom(
        'OBJECT class=Entry',
        'OBJECT class=Entry',
        'OBJECT class=Order',
        'STRING class=String',
      ),
      isCode: fc.integer({ min: 0, max: 9 }).map(at => at === 0),
      bytes: fc.oneof({ weight: 5, arbitrary: fc.nat(9000) }, { weight: 1, arbitrary: fc.constant(0) }),
      /** Generations since the container was created; null = untraced. */
      age: fc.option(fc.nat(5), { freq: 6 }),
      isOld: fc.boolean(),
      isShared: fc.integer({ min: 0, max: 7 }).map(at => at === 0),
      /** Bytes and age of an object below it. */
      below: fc.option(fc.tuple(fc.constantFrom('Line', 'Entry'), fc.nat(3000), fc.nat(4)), { freq: 2 }),
    }),
    { minLength: 0, maxLength: 36, size: 'max' },
  ),
  since: fc.integer({ min: 1, max: 6 }),
});

type DrawnContainer = typeof containers extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Heaps drawn as text (see `heapFromText`): containers with elements of many, few or no generations, held by classes,
 * instances, threads, roots and each other. They also contain code, shared objects, small strings of a class, a linked
 * list, and sometimes the allocation tracer. `isTraced`: whether objects have generations.
 */
export function randomGrowth(isTraced: boolean): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(containers, { minLength: 2, maxLength: CONTAINERS }),
      fc.boolean(),
      fc.array(fc.nat(3000), { maxLength: 15, size: 'max' }),
    )
    .map(([all, hasTracer, links]) =>
      [
        'vm => Object Array String Store Entry Order Line Shared classes',
        `Object CLASS 300 name=Object${heldBy('Object', all)}`,
        `Shared CLASS 300 name=Shared${heldBy('shared', all)}${links.map((_, at) => ` s${at}`).join('')}`,
        ...links.map((bytes, at) => `s${at} STRING ${bytes} class=String`),
        ...['Array', 'String', 'Store', 'Entry', 'Order', 'Line'].map(
          name => `${name} CLASS 300 name=${name}`,
        ),
        'classes ARRAY 40 -> Entry Order Line Store',
        ...(hasTracer
          ? ['vm => tracer', 'tracer DATA 90000 struct=ObjectTracing/allocation_info_tracer']
          : []),
        ...(links.length === 0 ? [] : ['vm => n0']),
        ...links.map(
          (bytes, at) => `n${at} OBJECT class=Line ${bytes}${at + 1 < links.length ? ` -> n${at + 1}` : ''}`,
        ),
        ...all.flatMap((container, at) => drawContainer(container, at, all[at + 1], isTraced)),
      ].join('\n'),
    );
}

/** References to the containers that are held in this way. */
function heldBy(holder: DrawnContainer['heldBy'], all: readonly DrawnContainer[]): string {
  const names = all.flatMap((container, at) => (container.heldBy === holder ? `c${at}` : []));
  return ` -> ${names.join(' ')}`;
}

function drawContainer(
  container: DrawnContainer,
  at: number,
  next: DrawnContainer | undefined,
  isTraced: boolean,
): string[] {
  const { type, bytes, scale, elements, since } = container;
  const name = `c${at}`;
  const trace = (age: number | null, isOld: boolean) => {
    if (!isTraced) return isOld ? ' flags={"old":true}' : '';
    return age === null ? '' : ` gen=${since + age} at=app.rb:${at + 1}`;
  };
  const targets = [...elements.keys()].map(index => `${name}e${index}`);
  const head =
    type === 'Thread' ? `${name} DATA struct=VM/thread class=Store ${bytes}` : `${name} ${type} ${bytes}`;
  return [
    ...holderOf(container, at),
    `${head} -> ${[...targets, `${name}next`].join(' ')}`,
    `${name}next ARRAY 40 class=Array -> Array ${next?.heldBy === 'container' ? `c${at + 1}` : ''}`,
    ...elements.flatMap(({ kind, isCode, bytes: own, age, isOld, isShared, below }, index) => {
      const element = `${name}e${index}`;
      const drawn = isCode ? 'IMEMO imemo_type=iseq' : kind;
      const lines = [
        `${element} ${drawn} ${Math.round(own * scale)}${trace(age, isOld)}${below === null ? '' : ` -> ${element}b`}`,
      ];
      if (below !== null)
        lines.push(`${element}b OBJECT class=${below[0]} ${below[1]}${trace(below[2], isOld)}`);
      if (isShared) lines.push(`global_tbl => ${element}`);
      return lines;
    }),
  ];
}

function holderOf({ heldBy }: DrawnContainer, at: number): string[] {
  switch (heldBy) {
    case 'own':
      return [`vm => Owner${at}`, `Owner${at} CLASS 300 -> c${at}`];
    case 'shared':
    case 'Object':
      return [];
    case 'vm':
      return [`vm => c${at}`];
    case 'roots':
      return [`vm => c${at} Referrer${at}`, `machine_context => c${at}`, `Referrer${at} CLASS 300 -> c${at}`];
    case 'container':
      return at === 0 ? ['vm => c0'] : [];
    case 'instance':
      return [`vm => i${at}`, `i${at} OBJECT class=Store 60 -> c${at}`];
  }
}
