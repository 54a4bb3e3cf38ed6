import type { Outcome } from '../../protocol/errors.ts';
import type { AnswerOf, QueryOf, QuestionName } from '../../protocol/questions.ts';
import type { SnapshotInfo } from '../../protocol/snapshot-info.ts';
import { HeapSession } from '../../service/heap-session.ts';
import { bytesSource } from '../bytes-source.ts';
import { READER, type Reader } from './reading.ts';
import { bytesOf, latin1Of } from './texts.ts';

/** Heapscape's reader, applied to modified bytes of the file. */
function reading(change: (text: string, cuts: readonly number[]) => string): Reader {
  const changed = (bytes: Uint8Array, cuts: readonly number[]) => bytesOf(change(latin1Of(bytes), cuts));
  const within = (bytes: Uint8Array, cuts: readonly number[]) => cuts.filter(cut => cut < bytes.length);
  const by = <Result>(read: (bytes: Uint8Array, cuts: readonly number[]) => Result) => {
    return (bytes: Uint8Array, cuts: readonly number[]): Result => {
      const other = changed(bytes, cuts);
      return read(other, within(other, cuts));
    };
  };
  return { open: by(READER.open), columns: by(READER.columns), sliced: by(READER.sliced) };
}

/** Changes the third record of an object that contains `having`; the unchanged text if there is none. */
function third(text: string, change: (record: string) => string, having = ''): string {
  const records = text.match(/^\{"address":"0x.*\}$/gm) ?? [];
  const [, , record] = records.filter(line => line.includes(having));
  return record === undefined ? text : text.replace(record, () => change(record));
}

/** A session that gives some wrong answers. */
class LyingSession extends HeapSession {
  readonly #lie: (name: QuestionName, answer: unknown) => unknown;

  constructor(lie: (name: QuestionName, answer: unknown) => unknown) {
    super();
    this.#lie = lie;
  }

  override async ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>> {
    return this.#lie(name, await super.ask(name, query)) as AnswerOf<Name>;
  }
}

function answering(lie: (name: QuestionName, answer: unknown) => unknown): Reader {
  return {
    ...READER,
    async open(bytes, cuts): Promise<{ session: HeapSession; outcome: Outcome<SnapshotInfo> }> {
      const session = new LyingSession(lie);
      const options = { loadId: 1, name: 'fuzz.json' };
      return {
        session,
        outcome: await session.openSource(bytesSource(bytes, cuts), options, () => undefined),
      };
    },
  };
}

/** Readers with one fault each, and the checks that must detect it: a check that cannot fail proves nothing. */
export const BROKEN_READERS: readonly { fault: string; reader: Reader; checks: readonly string[] }[] = [
  {
    fault: 'loses a record',
    reader: reading(text => third(text, () => '')),
    checks: ['records', 'conservation', 'oracle'],
  },
  {
    fault: 'merges two records that are on one line',
    reader: reading(text => text.replace(/^(\{"address":"[^"]*").*\n\{"address":"[^"]*"/m, '$1')),
    checks: ['records', 'conservation', 'oracle'],
  },
  {
    fault: 'reads a record twice under another address',
    reader: reading(text =>
      third(text, record => `${record}\n${record.replace(/"0x[0-9a-f]+"/, '"0x7f00beef0000"')}`),
    ),
    checks: ['records', 'conservation', 'oracle'],
  },
  {
    fault: 'drops a reference',
    reader: reading(text => text.replace(/^(\{"address".*"references":\[)"0x[0-9a-f]+"(, )?/gm, '$1')),
    checks: ['records', 'oracle'],
  },
  {
    fault: 'reads a wrong size',
    reader: reading(text => third(text, record => record.replace(/"memsize":\d+/, '"memsize":4711'))),
    checks: ['records', 'oracle'],
  },
  {
    fault: 'overlooks a flag',
    reader: reading(text => text.replace(/"(old|embedded)":true, /g, '')),
    checks: ['records'],
  },
  {
    fault: 'reads a root only in part',
    reader: reading(text => text.replace(/^(\{"type":"ROOT".*"references":\[)"0x[0-9a-f]+"(, )?/m, '$1')),
    checks: ['oracle'],
  },
  {
    fault: 'loses a byte where a slice ends',
    reader: reading((text, cuts) => text.slice(0, cuts[0]) + text.slice((cuts[0] ?? text.length) + 1)),
    checks: ['slices'],
  },
  {
    fault: 'adds up a group wrongly',
    reader: answering((name, answer) => {
      if (name !== 'groups') return answer;
      const { rows, ...window } = answer as AnswerOf<'groups'>;
      return {
        ...window,
        rows: rows.map((row, at) => (at === 0 ? { ...row, objects: row.objects + 1 } : row)),
      };
    }),
    checks: ['totals'],
  },
  {
    fault: 'draws a tree whose parts are less than the whole',
    reader: answering((name, answer) =>
      name === 'dominatorTree'
        ? (answer as AnswerOf<'dominatorTree'>).filter(({ kind }) => kind !== 'self')
        : answer,
    ),
    checks: ['totals'],
  },
  {
    fault: 'shows the record of another object',
    reader: answering((name, answer) =>
      name === 'object' ? { ...(answer as AnswerOf<'object'>), raw: '{"address":"0x10"}' } : answer,
    ),
    checks: ['answers'],
  },
  {
    fault: 'ends in an exception',
    reader: answering(name => {
      throw new TypeError(`no ${name}`);
    }),
    checks: ['exception'],
  },
  {
    fault: 'refuses a dump',
    reader: reading(() => 'no dump at all\n'),
    checks: ['refusal'],
  },
];
