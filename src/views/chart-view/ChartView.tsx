import { ImageDown, Table2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { PictureFormat } from '../../charts/canvas-host/picture.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import styles from './ChartView.module.css';

const FORMATS: readonly { format: PictureFormat; name: string }[] = [
  { format: 'png', name: 'Save as PNG' },
  { format: 'svg', name: 'Save as SVG' },
];

interface ChartViewProps {
  title: string;
  /** What the view shows, in one line. */
  shows: ReactNode;
  /** How to read the chart, in one sentence; `readingId` is the id for the chart's description. */
  reading: ReactNode;
  readingId: string;
  /** Controls for the chart's settings. */
  controls: ReactNode;
  /** Whether the table is shown instead of the chart. */
  table: boolean;
  onTable: (table: boolean) => void;
  /** Saves the chart; null if there is none to save. */
  onSave: ((format: PictureFormat) => Promise<void>) | null;
  /** Error of the last question. */
  error: Error | null;
  children: ReactNode;
}

/**
 * The frame around a chart and the table with the same data: description, settings, a switch between the two, saving.
 */
export function ChartView(props: ChartViewProps) {
  const { table, onTable, onSave, error } = props;
  const [failure, setFailure] = useState<Error | null>(null);
  const save = async (format: PictureFormat) => {
    try {
      await onSave?.(format);
      setFailure(null);
    } catch (reason) {
      setFailure(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  const shownError = error ?? failure;
  return (
    <section className={styles.view}>
      <ViewHeader title={props.title} shows={props.shows}>
        {props.controls}
        <Button aria-pressed={table} onClick={() => onTable(!table)}>
          <Table2 size={14} aria-hidden />
          Table
        </Button>
        {/* Without a portal, so that the menu stays within the page's landmarks. */}
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger asChild>
            <Button disabled={onSave === null}>
              <ImageDown size={14} aria-hidden />
              Save
            </Button>
          </DropdownMenu.Trigger>
          <DropdownMenu.Content align="end" sideOffset={4} className={styles.menu}>
            {FORMATS.map(({ format, name }) => (
              <DropdownMenu.Item key={format} className={styles.item} onSelect={() => void save(format)}>
                {name}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Root>
      </ViewHeader>
      <p id={props.readingId} className={styles.reading}>
        {props.reading}
      </p>
      {shownError && (
        <Notice tone="danger">
          {error ? 'The worker could not answer' : 'The chart could not be saved'}: {shownError.message}
        </Notice>
      )}
      {props.children}
    </section>
  );
}
