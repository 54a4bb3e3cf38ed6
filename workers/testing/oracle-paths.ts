import type { Retention } from '../indexes/retention.ts';
import { addressOf, classObjectOf, descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { Exclusion, ReferenceEnd } from '../protocol/exclusions.ts';

/** An edge of the graph that is not excluded; `from` is an object, or `objects + k` for kind k of root. */
export interface OracleEdge {
  from: number;
  to: number;
}

/** All edges that no exclusion matches, by testing every exclusion on every edge. For tests. */
export function oracleEdges(
  snapshot: HeapSnapshot,
  retention: Retention,
  exclusions: readonly Exclusion[],
): OracleEdge[] {
  const { objects, references, flags } = snapshot;
  const edges: (OracleEdge & { kind: 'root' | 'reference' | 'internal' | 'class' })[] = [];
  for (const [kind, listed] of retention.kindObjects.entries()) {
    for (const to of listed) edges.push({ from: objects + kind, to, kind: 'root' });
  }
  for (let from = 0; from < objects; from++) {
    if ((flags[from]! & ObjectFlag.cacheSource) !== 0) continue;
    const end = references.first[from + 1]!;
    for (let at = references.first[from]!; at < end; at++) {
      const isInternal = at === end - 1 && (flags[from]! & ObjectFlag.internalLast) !== 0;
      edges.push({ from, to: references.targets[at]!, kind: isInternal ? 'internal' : 'reference' });
    }
    if (classObjectOf(snapshot, from) >= 0)
      edges.push({ from, to: classObjectOf(snapshot, from), kind: 'class' });
  }
  const isEnd = (end: ReferenceEnd, vertex: number) =>
    end.kind === 'root'
      ? vertex >= objects && retention.kinds[vertex - objects] === end.root
      : vertex < objects &&
        (end.kind === 'object'
          ? addressOf(snapshot, vertex) === end.address
          : oracleLabel(snapshot, vertex) === end.label);
  return edges.filter(({ from, to, kind }) =>
    exclusions.every(exclusion => {
      if (exclusion.kind === 'edges') return exclusion.edges !== kind;
      if (exclusion.kind === 'reference') return !(isEnd(exclusion.from, from) && isEnd(exclusion.to, to));
      return !isEnd(exclusion, from) && !isEnd(exclusion, to);
    }),
  );
}

/** Steps from the roots to each object, 0 for objects that a root lists; -1 if no root reaches it. */
export function oracleDistances(objects: number, edges: readonly OracleEdge[]): number[] {
  const distance = Array<number>(objects).fill(-1);
  let level = [...new Set(edges.filter(({ from }) => from >= objects).map(({ to }) => to))];
  for (let steps = 0; level.length > 0; steps++) {
    for (const object of level) distance[object] = steps;
    const next = edges.filter(
      ({ from, to }) => from < objects && distance[from] === steps && distance[to] === -1,
    );
    level = [...new Set(next.map(({ to }) => to))];
  }
  return distance;
}

export function oracleLabel({ strings, descriptors, ...snapshot }: HeapSnapshot, object: number): string {
  return strings.text(descriptors.label[descriptorOf({ strings, descriptors, ...snapshot }, object)]!);
}
