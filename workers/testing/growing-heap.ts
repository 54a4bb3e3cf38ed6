/** One container of a drawn heap. */
export interface DrawnContainer {
  /** Name of the class that owns the container. */
  owner: string;
  /** Generation of each element, in order; null = untraced. */
  generations: readonly (number | null)[];
  /** Bytes of each element. */
  bytes?: number;
  /** Class of the elements, `Entry` by default. */
  member?: string;
}

/**
 * A heap with containers whose elements have known generations, drawn for `heapFromText`. Each container is an array
 * named `list0`, `list1` …, held by a class of its own.
 */
export function growingHeap(containers: readonly DrawnContainer[], rest = ''): string {
  const members = new Set(containers.map(({ member = 'Entry' }) => member));
  return [
    `vm => Object ${containers.map((_, at) => `owner${at}`).join(' ')}`,
    'Object CLASS 500 name=Object -> Array',
    'Array CLASS 500 name=Array',
    ...[...members].map(name => `class${name} CLASS 500 name=${name}`),
    `classes ARRAY 40 -> ${[...members].map(name => `class${name}`).join(' ')}`,
    'vm => classes',
    ...containers.flatMap(({ owner, generations, bytes = 1000, member = 'Entry' }, at) => [
      `owner${at} CLASS 500 name=${owner} -> list${at}`,
      `list${at} ARRAY 40 class=Array length=${generations.length} gen=1 -> ${generations.map((_, index) => `e${at}x${index}`).join(' ')}`,
      ...generations.map(
        (generation, index) =>
          `e${at}x${index} OBJECT ${bytes} class=class${member}${generation === null ? '' : ` gen=${generation} at=app.rb:${at + 1}`}`,
      ),
    ]),
    rest,
  ].join('\n');
}
