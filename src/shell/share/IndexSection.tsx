import { useState } from 'react';
import type { IndexForm } from '../../../workers/protocol/index-magic.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatBytes } from '../../format/bytes.ts';
import { canKeep, describeStorageError, keepHeap } from '../../session/kept-heaps.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import { saveBlob } from '../../widgets/save-blob.ts';
import { describeActionError } from './describe-action-error.ts';
import styles from './ShareDialog.module.css';

/** Saves the finished index of the heap: as a file, or in the browser. */
export function IndexSection({
  snapshot,
  onOutcome,
}: {
  snapshot: SnapshotInfo;
  onOutcome: (text: string) => void;
}) {
  const { service } = useSession();
  const [isWriting, setWriting] = useState(false);
  const write = async (form: IndexForm, use: (index: Blob) => Promise<string>) => {
    setWriting(true);
    onOutcome('Writing the index…');
    try {
      onOutcome(await use(await service.index(snapshot.id, form)));
    } catch (error) {
      onOutcome(describeActionError('The index', error));
    } finally {
      setWriting(false);
    }
  };
  const save = async (index: Blob) => {
    saveBlob(index, `${snapshot.name.replace(/(\.json)?(\.gz)?$/i, '')}.heapscape`);
    return `The index was saved (${formatBytes(index.size)}).`;
  };
  const keep = async (index: Blob) => {
    try {
      await keepHeap(snapshot.name, index);
      return `Kept on this device (${formatBytes(index.size)}). Open or delete it on the start page.`;
    } catch (error) {
      return `It could not be kept: ${describeStorageError(error, formatBytes(index.size))}`;
    }
  };
  return (
    <section>
      <h3>Index</h3>
      <p>
        The finished index opens two to seven times as fast as the dump from a file, and five to ten times as
        fast if it is kept on this device, where it takes more space. It contains everything except texts of
        strings, names of instance variables and raw records. Names of classes and paths are included.
      </p>
      <div className={styles.actions}>
        <Button disabled={isWriting} onClick={() => void write('small', save)}>
          Save an index file
        </Button>
        {canKeep() ? (
          <Button disabled={isWriting} onClick={() => void write('fast', keep)}>
            Keep on this device
          </Button>
        ) : null}
      </div>
      {canKeep() ? null : (
        <p className={styles.quiet}>This browser cannot keep an index between visits: save it as a file.</p>
      )}
    </section>
  );
}
