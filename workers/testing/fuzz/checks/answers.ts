import type { ObjectRow } from '../../../protocol/rows.ts';
import type { SnapshotInfo } from '../../../protocol/snapshot-info.ts';
import type { HeapSession } from '../../../service/heap-session.ts';
import type { Failures } from '../failure.ts';
import type { Random } from '../random.ts';
import { decoded } from '../texts.ts';
import type { Expected } from './expected.ts';

/** Longer records are cut where they are shown. */
const SHOWN_BYTES = 60_000;
const LONG_PATH = 40;

/** Asks about single objects: the contents of their records, and their retainer paths. */
export async function checkAnswers(
  session: HeapSession,
  { id: snapshot }: SnapshotInfo,
  rows: readonly ObjectRow[],
  expected: Expected,
  random: Random,
  failures: Failures,
): Promise<void> {
  for (const row of random.sample(rows, 4)) {
    const details = await session.ask('object', { snapshot, object: row.index });
    failures.equal('answers', 'row of an object', details.object, row);
    const found = await session.ask('find', { snapshot, text: row.address });
    failures.equal('answers', `find ${row.address}`, found, { object: row.index, address: row.address });
    const sound = expected.claimed.has(row.address) ? undefined : expected.objects.get(row.address);
    if (sound === undefined || sound.record.values === null || details.rawBytes > SHOWN_BYTES) continue;
    const { clean, fields, loose } = sound.record;
    if (clean.length > SHOWN_BYTES) continue;
    failures.equal(
      'answers',
      `record of ${row.address}`,
      sortedJson(details.raw),
      sortedJson(decoded(clean)),
    );
    // A shared string has the text of another record, and newer versions of Ruby omit the text of an empty string.
    const hasText = fields.value !== undefined || (details.sharedFrom === null && details.text !== '');
    if (hasText && !loose.has('value')) {
      failures.equal('answers', `text of ${row.address}`, details.text, fields.value ?? null);
    }
  }
  for (const row of random.sample(rows, 2)) await checkPath(session, snapshot, row, failures);
}

/** A path leads from a root to the object, along existing references. */
async function checkPath(
  session: HeapSession,
  snapshot: number,
  row: ObjectRow,
  failures: Failures,
): Promise<void> {
  const path = await session.ask('retainerPath', { snapshot, object: row.index });
  const what = `path to ${row.address}`;
  failures.equal('answers', `end of the ${what}`, path.steps.at(-1)?.object.index, row.index);
  failures.equal('answers', `${what} has a root`, path.root !== null, row.reachable);
  for (const [at, step] of path.steps.slice(0, LONG_PATH).entries()) {
    const next = path.steps[at + 1];
    if (next === undefined || next.omittedBefore > 0) break;
    const query = {
      snapshot,
      object: step.object.index,
      direction: 'references',
      offset: 0,
      limit: 1000,
    } as const;
    const references = await session.ask('neighbours', query);
    if (!references.rows.some(({ object }) => object.index === next.object.index)) {
      failures.add('answers', `${what}: ${step.object.address} does not refer to ${next.object.address}`);
    }
  }
}

/** JSON as text that does not depend on layout and order of keys; null if it is not valid. */
function sortedJson(text: string): string | null {
  try {
    const fields = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return null;
  }
}
