import { ClipboardCopy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { formatCountOf } from '../../format/counts.ts';
import { Button } from '../Button.tsx';
import { saveBlob } from '../save-blob.ts';
import styles from './CopyRows.module.css';
import type { Column } from './columns.ts';
import {
  COPY_FORMATS,
  type CopyFormat,
  FILE_FORMATS,
  fileFrame,
  filePiece,
  rowsAsText,
} from './copy-rows.ts';
import type { RowSource } from './row-window.ts';

/** Maximum number of rows copied: the limit of one question to the worker. */
const MAX_COPIED = 1000;
/** Maximum number of rows saved: about as many as a spreadsheet can hold. */
const MAX_SAVED = 1_000_000;

/** A menu that copies a table's first rows, in the current order, as text, or saves all rows to a file. */
export function CopyRows<Row>({
  columns,
  source,
  of,
}: {
  columns: readonly Column<Row>[];
  source: RowSource<Row>;
  /** The name of the table, if a page has several: the button is small then. */
  of?: string;
}) {
  const [said, setSaid] = useState('');
  const copy = async (format: CopyFormat) => {
    try {
      const { rows, total } = await source.fetch(0, MAX_COPIED);
      await navigator.clipboard.writeText(rowsAsText(columns, rows, format));
      const rest = total > rows.length ? `, of ${formatCountOf(total, 'row')} the first` : '';
      setSaid(`Copied ${formatCountOf(rows.length, 'row')}${rest}`);
    } catch (error) {
      setSaid(`Nothing was copied: ${error instanceof Error ? error.message : String(error)}`);
    }
    setTimeout(() => setSaid(''), 3000);
  };
  const download = async ({ format, type, ending }: (typeof FILE_FORMATS)[number]) => {
    try {
      const { head, between, tail } = fileFrame(columns, format);
      const parts = [head];
      let saved = 0;
      for (;;) {
        const limit = Math.min(MAX_COPIED, MAX_SAVED - saved);
        const { rows, total } = await source.fetch(saved, limit);
        if (rows.length > 0) {
          parts.push(saved === 0 ? between.first : between.next, filePiece(columns, rows, format));
        }
        saved += rows.length;
        const isLast = rows.length === 0 || saved >= Math.min(total, MAX_SAVED);
        const rest = total > saved ? ` of ${formatCountOf(total, 'row')}` : '';
        setSaid(`${isLast ? 'Saved' : 'Saving\u2026'} ${formatCountOf(saved, 'row')}${rest}`);
        if (isLast) break;
      }
      saveBlob(new Blob([...parts, tail], { type }), `heapscape-rows.${ending}`);
    } catch (error) {
      setSaid(`Nothing was saved: ${error instanceof Error ? error.message : String(error)}`);
    }
    setTimeout(() => setSaid(''), 3000);
  };
  return (
    <>
      <span role="status" className={styles.said}>
        {said}
      </span>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button {...(of === undefined ? {} : { look: 'link' as const, 'aria-label': `Copy rows: ${of}` })}>
            {of === undefined ? <ClipboardCopy size={14} aria-hidden /> : null}
            {of === undefined ? 'Copy rows' : 'Copy'}
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end" sideOffset={4} className={styles.menu}>
          {COPY_FORMATS.map(({ format, name }) => (
            <DropdownMenu.Item key={format} className={styles.item} onSelect={() => void copy(format)}>
              {name}
            </DropdownMenu.Item>
          ))}
          {FILE_FORMATS.map(file => (
            <DropdownMenu.Item key={file.ending} className={styles.item} onSelect={() => void download(file)}>
              {file.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </>
  );
}
