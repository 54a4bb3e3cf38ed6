import { type CallTree, frameName } from './call-tree.ts';

/** Functions that only allocate memory for others: of C, C++, Rust, Ruby, and common allocators. */
const ALLOCATOR = new RegExp(
  [
    '^_*(?:libc_|je_|tc_|mi_|nanov2_|szone_|default_zone_)?(?:malloc|calloc|realloc|reallocarray|memalign|aligned_alloc|posix_memalign|p?valloc)(?:_default|_should_clear)?$',
    String.raw`^_*malloc_(?:zone|type)_\w+$`,
    String.raw`^(?:ruby|objspace)_x(?:m|c|re)alloc\w*$`,
    String.raw`^_*(?:rust|rg|rdl)_(?:alloc|realloc)\w*$`,
    String.raw`^(?:void\*? )?operator new(?:\[\])?(?:\(.*)?$`,
    String.raw`^(?:std::(?:__new_allocator|allocator|allocator_traits)|__gnu_cxx::new_allocator)<.*>::allocate\(.*$`,
  ].join('|'),
);

/**
 * Marks nodes with 1 that are allocators and call only allocators: their values belong to their callers. Null if there
 * are none. The outermost function of a stack is never marked. O(nodes).
 */
export function allocatorNodes(tree: CallTree): Uint8Array | null {
  if (tree.kind !== 'calls') return null;
  const isAllocator = Uint8Array.from(tree.frames.name, (_, frame) =>
    ALLOCATOR.test(frameName(tree, frame)) ? 1 : 0,
  );
  const nodes = tree.parent.length;
  const found = new Uint8Array(nodes);
  const callsOthers = new Uint8Array(nodes);
  let any = false;
  for (let node = nodes - 1; node > 0; node--) {
    const above = tree.parent[node]!;
    if (above !== 0 && isAllocator[tree.frame[node]!] === 1 && callsOthers[node] === 0) {
      found[node] = 1;
      any = true;
    } else callsOthers[above] = 1;
  }
  return any ? found : null;
}
