import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { type BlockReplay, EventLog, eventWeights } from './event-log.ts';
import { stackFrames } from './stack-frames.ts';

const EVENT = /^(?:VM_)?(?:RE)?(?:ALLOC|FREE) +0x[0-9a-f]+(?:-0x[0-9a-f]+)? +\[size=\d+\]:/i;

/** `malloc_history PID -allEvents`: every allocation and every free, in order, without times. */
export const mallocEvents: ProfileFormat = {
  id: 'malloc-history-events',
  hasNoOtherContents: true,
  label: 'macOS malloc_history -allEvents',
  sniff: ({ lines }) => lines.some(line => EVENT.test(line)),
  read: readEvents,
};

async function readEvents(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const details: { label: string; value: string }[] = [];
  const log = new EventLog((line, number) => {
    const detail = /^(Process|Path|OS Version): +(.*\S)/.exec(line);
    if (detail !== null) details.push({ label: detail[1]!, value: detail[2]! });
    // Before the first event is the tool's header; after it, every line should be an event.
    else if (log.events > 0 && line.trim() !== '') damage.add(number, line, 'not an event');
  });
  for await (const slice of input.slices) log.slice(slice);
  log.end();
  const { malloc, regions } = log;
  const { tree, nodes } = treeOf('stacks', 'call stacks of malloc', malloc);
  const trees = [tree];
  if (regions.replay.events > 0) trees.push(treeOf('regions', 'call stacks of VM regions', regions).tree);
  return profileOf(mallocEvents, trees, {
    details,
    notes: notesOf(malloc, regions),
    damage,
    totals: totalsOf(malloc, regions),
    timeline: malloc.replay.timeline().finish('event', 'events'),
    snapshots: malloc.replay.snapshots(site => nodes[site]!),
    histograms: [malloc.replay.sizes(), malloc.lifetimes()],
  });
}

function treeOf(id: string, label: string, blocks: BlockReplay) {
  const builder = new TreeBuilder({ id, label, kind: 'calls', weights: eventWeights() });
  const nodes = new Uint32Array(blocks.stacks.length);
  for (const site of nodes.keys()) {
    nodes[site] = builder.stack(stackFrames(builder, blocks.stacks.text(site)));
  }
  blocks.addTo(builder, site => nodes[site]!);
  return { tree: builder.finish(), nodes };
}

function totalsOf({ replay }: BlockReplay, regions: BlockReplay): Totals {
  const totals: Totals = {
    allocatedBytes: replay.allocatedBytes,
    allocations: replay.allocations,
    frees: replay.frees,
    peakBytes: replay.peakBytes,
    peakBlocks: replay.peakBlocks,
    liveBytes: replay.liveBytes,
    liveBlocks: replay.liveBlocks,
    events: replay.events,
  };
  if (regions.replay.events === 0) return totals;
  return { ...totals, regionBytes: regions.replay.liveBytes, regions: regions.replay.liveBlocks };
}

function notesOf(malloc: BlockReplay, regions: BlockReplay): string[] {
  const notes = ['The log has no times: everything is over the order of events.'];
  const unknown = malloc.unknownFrees + regions.unknownFrees;
  if (unknown > 0) notes.push(`${unknown} frees are of blocks that were allocated before the log began.`);
  const replaced = malloc.replaced + regions.replaced;
  if (replaced > 0) {
    notes.push(
      `${replaced} blocks were allocated at addresses that had not been freed: taken for freed then.`,
    );
  }
  if (regions.replay.events > 0)
    notes.push('Regions of virtual memory are apart: they hold the malloc blocks too.');
  return notes;
}
