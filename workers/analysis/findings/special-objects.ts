import { addressOf, descriptorOf, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingKind } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';
import { descriptorsWith, objectsOfPairs, objectsWithFlags, pairsOf, setOfTypes } from './sweeps.ts';

const SHOWN = 20;

interface Sort {
  label: string;
  one: string;
  many: string;
  detail: string;
  objects: ObjectIndex[];
  count: number;
  bytes: Bytes;
  set: ObjectSetSpec | null;
}

/** Unusual objects that may explain odd figures. */
export const specialObjects: FindingKind = {
  kind: 'special-objects',
  group: 'state',
  method:
    'Counts objects that wait for their finalizer (ZOMBIE), objects listed by the finalizer root, strings whose bytes are invalid in their encoding (broken), weak maps (whose keys and values are not in the dump), ractors besides the main one, and objects flagged as shareable. None of these is a problem by itself.',
  reference: 'Finalizer and reference queries of Eclipse Memory Analyzer.',
  cost: 'O(n)',
  thresholds: [],

  *find({ snapshot }) {
    const { vocabulary, roots } = snapshot;
    const isZombie = descriptorsWith(snapshot, Trait.zombie);
    const isWeak = descriptorsWith(snapshot, Trait.weak);
    const sort = (
      label: string,
      one: string,
      many: string,
      detail: string,
      set: ObjectSetSpec | null,
    ): Sort => ({
      label,
      one,
      many,
      detail,
      objects: [],
      count: 0,
      bytes: 0,
      set,
    });
    const zombies = sort(
      'Zombies',
      'object awaits its finalizer',
      'objects await their finalizers',
      'await their finalizers',
      setOfTypes(snapshot, isZombie),
    );
    const finalizers = sort(
      'Finalizers',
      'finalizer is registered',
      'finalizers are registered',
      'listed by the root of finalizers',
      null,
    );
    const broken = sort(
      'Broken strings',
      'string is broken',
      'strings are broken',
      'bytes that are no text of their encoding',
      { kind: 'filter', text: 'is:broken' },
    );
    const weak = sort('Weak maps', 'weak map', 'weak maps', 'their keys and values are in no record', null);
    const ractors = sort('Ractors', 'ractor', 'ractors', 'each has threads and objects of its own', null);
    const shareable = sort(
      'Shareable objects',
      'object may be shared by ractors',
      'objects may be shared by ractors',
      'flagged as shareable (Ruby 4.0 and newer)',
      { kind: 'filter', text: 'is:shareable' },
    );
    const add = (to: Sort, object: ObjectIndex) => {
      to.count++;
      to.bytes += shallowBytesOf(snapshot, object);
      if (to.objects.length < SHOWN) to.objects.push(object);
    };
    for (const object of yield* objectsOfPairs(snapshot, pairsOf(snapshot, isZombie))) add(zombies, object);
    for (const object of yield* objectsOfPairs(snapshot, pairsOf(snapshot, isWeak))) add(weak, object);
    for (const object of yield* objectsWithFlags(snapshot, ObjectFlag.broken)) add(broken, object);
    const isHolder = descriptorsWith(snapshot, Trait.threadHolder);
    for (const object of yield* objectsOfPairs(snapshot, pairsOf(snapshot, isHolder))) add(ractors, object);
    for (const object of yield* objectsWithFlags(snapshot, ObjectFlag.shareable)) add(shareable, object);
    const listing = new Set(
      vocabulary.roots.filter(root => root.finalizers === true).map(({ name }) => name),
    );
    // An object with a finalizer can belong to another sort as well: sums count each object once.
    const repeated = { count: 0, bytes: 0 };
    for (const root of roots) {
      if (!listing.has(root.name)) continue;
      for (const object of root.objects) {
        add(finalizers, object);
        const descriptor = descriptorOf(snapshot, object);
        const isBroken = (snapshot.flags[object]! & ObjectFlag.broken) !== 0;
        if (!isBroken && isZombie[descriptor] === 0 && isWeak[descriptor] === 0) continue;
        repeated.count++;
        repeated.bytes += shallowBytesOf(snapshot, object);
      }
    }
    // Ractors and shareable objects are normal: they are listed, but not summed up.
    const odd = [zombies, finalizers, broken, weak];
    // Every process has a main ractor.
    const normal = ractors.count > 1 ? [ractors, shareable] : [shareable];
    const present = [...odd, ...normal].filter(({ count }) => count > 0);
    if (present.length === 0) return [];
    const listed = present.map(({ count, one, many }) => formatCountOf(count, one, many));
    return [
      plainFinding({
        id: 'special-objects',
        title: 'Finalizers, weak maps, ractors and broken strings',
        sentence: `${listed.length === 1 ? listed[0] : `${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}`}.`,
        bytes: odd.reduce((sum, { bytes }) => sum + bytes, -repeated.bytes),
        objects: odd.reduce((sum, { count }) => sum + count, -repeated.count),
        certainty: 'exact',
        objectsShown: present
          .flatMap(({ objects }) => objects)
          .slice(0, SHOWN)
          .map(object => addressOf(snapshot, object)),
        figures: Object.fromEntries(present.map(({ label, count }) => [label, count])),
        evidence: present.map(({ label, detail, count, bytes, objects, set }) => ({
          label,
          detail,
          objects: count,
          bytes,
          object: set === null ? { index: objects[0]!, address: addressOf(snapshot, objects[0]!) } : null,
          set,
        })),
      }),
    ];
  },
};
