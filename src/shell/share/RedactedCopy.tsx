import { useState } from 'react';
import { randomHashKey, redactedName } from '../../../workers/protocol/redaction.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import { saveBlob } from '../../widgets/save-blob.ts';
import { describeActionError } from './describe-action-error.ts';
import styles from './ShareDialog.module.css';

/** Saves a copy of the dump without its strings. */
export function RedactedCopy({
  snapshot,
  onOutcome,
}: {
  snapshot: SnapshotInfo;
  onOutcome: (text: string) => void;
}) {
  const { service } = useSession();
  const [hashPaths, setHashPaths] = useState(false);
  const [hashNames, setHashNames] = useState(false);
  const [isCompressed, setCompressed] = useState(true);
  const [isWriting, setWriting] = useState(false);
  const save = async () => {
    setWriting(true);
    onOutcome('Writing the copy…');
    try {
      const rules = { key: randomHashKey(), hashPaths, hashNames };
      const { copy, report } = await service.redact(snapshot.id, rules, isCompressed);
      saveBlob(copy, redactedName(snapshot.name, isCompressed));
      const leftOut =
        report.leftOut === 0 ? '' : ` ${formatCountOf(report.leftOut, 'piece')} of other text left out.`;
      onOutcome(
        `The copy was saved (${formatBytes(copy.size)}): ${formatCountOf(report.values, 'text')} replaced.${leftOut}`,
      );
    } catch (error) {
      onOutcome(describeActionError('The copy', error));
    } finally {
      setWriting(false);
    }
  };
  return (
    <section>
      <h3>Redacted copy</h3>
      <p>
        The dump with every string replaced by its length and a keyed hash, so that equal strings can still be
        recognized. It opens here and in other tools with the same totals. The key is forgotten.
      </p>
      <CheckField label="Hash paths too" checked={hashPaths} onChange={setHashPaths} />
      <CheckField
        label="Hash names of classes, methods and variables too"
        checked={hashNames}
        onChange={setHashNames}
      />
      <CheckField
        label="Compress with gzip, which takes longer"
        checked={isCompressed}
        onChange={setCompressed}
      />
      <div className={styles.actions}>
        <Button disabled={isWriting} onClick={() => void save()}>
          Save a redacted copy
        </Button>
      </div>
    </section>
  );
}
