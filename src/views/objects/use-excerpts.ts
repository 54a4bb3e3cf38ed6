import { useEffect, useState } from 'react';
import { SUPERSEDED } from '../../../workers/protocol/errors.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';

/** Maximum number of texts that are cached; the oldest are dropped first. */
const KEPT = 2000;

/** Maximum number of texts in one question. */
const ASKED_AT_ONCE = 200;

/** Texts are requested only once scrolling has paused for this long. */
const READING_PAUSE_MS = 150;

interface Excerpts {
  snapshot: number | null;
  texts: ReadonlyMap<ObjectIndex, Excerpt>;
}

/**
 * The beginnings of the texts, and the values of numbers, for those rows that have one and whose record has been read.
 */
export function useExcerpts(rows: readonly ObjectRow[]): ReadonlyMap<ObjectIndex, Excerpt> {
  const { service, idle } = useSession();
  const snapshot = useApp(state => state.active);
  const [excerpts, setExcerpts] = useState<Excerpts>({ snapshot: null, texts: new Map() });
  const [failed, setFailed] = useState(false);
  const known = excerpts.snapshot === snapshot ? excerpts.texts : EMPTY;

  useEffect(() => {
    const objects = rows
      .filter(({ hasText, family, index }) => (hasText || family === 'number') && !known.has(index))
      .map(row => row.index)
      .slice(0, ASKED_AT_ONCE);
    if (snapshot === null || objects.length === 0 || failed) return;
    let wanted = true;
    const end = idle.begin();
    const timer = setTimeout(() => {
      service.ask('excerpts', { snapshot, objects, lane: 'excerpts' }).then(
        texts => {
          end();
          if (!wanted) return;
          setExcerpts(before => {
            const kept = new Map(before.snapshot === snapshot ? before.texts : []);
            objects.forEach((object, at) => {
              kept.set(object, texts[at] ?? NO_TEXT);
            });
            for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT)))
              kept.delete(oldest);
            return { snapshot, texts: kept };
          });
        },
        (reason: unknown) => {
          end();
          // Rows can be shown without their texts; the inspector reports a file that cannot be read.
          if (wanted && !(reason instanceof Error && reason.name === SUPERSEDED)) setFailed(true);
        },
      );
    }, READING_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
      end();
    };
  }, [rows, known, snapshot, failed, service, idle]);

  return known;
}

const EMPTY: ReadonlyMap<ObjectIndex, Excerpt> = new Map();
const NO_TEXT: Excerpt = { text: null, shared: false };
