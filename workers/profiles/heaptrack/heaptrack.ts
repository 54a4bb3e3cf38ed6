import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { replayWeights } from '../model/live-replay.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLineOfFirst } from '../reading/lines.ts';
import { HeaptrackEvents } from './heaptrack-events.ts';

/** Interpreted files of KDE's heaptrack: text, usually compressed with gzip or zstd. */
export const heaptrack: ProfileFormat = {
  id: 'heaptrack',
  hasNoOtherContents: true,
  label: 'heaptrack',
  sniff: ({ lines }) => isVersion(lines[0] ?? '') && lines.slice(1, 10).some(line => /^[XIs] /.test(line)),
  read: readHeaptrack,
};

function isVersion(line: string): boolean {
  return /^v [0-9a-f]+ [0-9a-f]+$/.test(line);
}

async function readHeaptrack(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const builder = new TreeBuilder({
    id: 'stacks',
    label: 'call stacks',
    kind: 'calls',
    weights: replayWeights('leaked'),
  });
  const events = new HeaptrackEvents(builder, damage);
  const several = await forEachLineOfFirst(input, isVersion, (line, number) => events.line(line, number));
  if (events.raw) {
    input.fail(
      'This is a raw recording, which has addresses instead of functions.',
      'Interpret it first: heaptrack --interpret FILE, or heaptrack_interpret < RAW > FILE.',
    );
  }
  const { replay } = events;
  replay.mark(events.time, true, events.rss);
  replay.addTo(builder, site => events.nodeOf(site));
  const notes = [
    ...several,
    'Leaked is what is not freed at the end; heaptrack_print leaves out what its suppressions name.',
  ];
  if (events.unknownFrees > 0)
    notes.push(`${events.unknownFrees} frees are of allocations that are not in the file.`);
  if (!events.finished)
    notes.push('The file does not end as heaptrack ends it: the program was killed, or the file was cut.');
  return profileOf(heaptrack, [builder.finish()], {
    details: [{ label: 'Command', value: events.command }],
    damage,
    notes,
    totals: {
      allocations: replay.allocations,
      temporaryAllocations: events.temporary,
      allocatedBytes: replay.allocatedBytes,
      peakBytes: replay.peakBytes,
      peakBlocks: replay.peakBlocks,
      leakedBytes: replay.liveBytes,
      leakedBlocks: replay.liveBlocks,
      ...(events.peakRss > 0 ? { peakRssBytes: events.peakRss } : {}),
    },
    timeline: replay.timeline().finish('time', 'milliseconds'),
    snapshots: replay.snapshots(site => events.nodeOf(site)),
    histograms: [replay.sizes()],
  });
}
