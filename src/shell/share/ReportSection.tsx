import { useContext, useState } from 'react';
import type { DocumentOptions } from '../../../workers/protocol/document.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { ChartsContext, type ShownChart } from '../../charts/canvas-host/charts-on-screen.ts';
import { useSession } from '../../session/session.ts';
import { setOfChips, textOfChips } from '../../state/chips.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import { saveBlob } from '../../widgets/save-blob.ts';
import { describeActionError } from './describe-action-error.ts';
import styles from './ShareDialog.module.css';

/** Saves a report of what is on screen: as one HTML file, or as Markdown. */
export function ReportSection({
  snapshot,
  onOutcome,
}: {
  snapshot: SnapshotInfo;
  onOutcome: (text: string) => void;
}) {
  const { service } = useSession();
  const charts = useContext(ChartsContext);
  const store = useAppStore();
  const masking = useApp(state => state.masking);
  const hasFilter = useApp(state => state.chips.length > 0);
  const [strings, setStrings] = useState(false);

  const pictures = async () =>
    Promise.all((charts?.all() ?? []).map(async chart => ({ label: chart.label, svg: await svgOf(chart) })));
  const write = async (format: DocumentOptions['format']) => {
    const { chips } = store.getState();
    return service.document(snapshot.id, {
      format,
      set: setOfChips(chips),
      // A set that the filter language cannot express is described by its name.
      filter: textOfChips(chips) ?? chips.map(({ label }) => label).join(', '),
      link: linkToPage(),
      strings: strings && !masking,
      pictures: format === 'html' ? await pictures() : [],
      madeAt: Date.now(),
    });
  };
  const save = async () => {
    try {
      const html = await write('html');
      saveBlob(new Blob([html], { type: 'text/html' }), `${snapshot.name}.html`);
      onOutcome('The report was saved.');
    } catch (error) {
      onOutcome(describeActionError('The report', error));
    }
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await write('markdown'));
      onOutcome('The report was copied.');
    } catch (error) {
      onOutcome(describeActionError('The report', error));
    }
  };

  return (
    <section>
      <h3>Report</h3>
      <p>
        Totals, what stands out, the pictures on screen and others, and tables
        {hasFilter ? ' of what the filter finds' : ''}, with the filter and how to reproduce it. The file
        needs neither a network nor the dump.
      </p>
      <CheckField
        label="With the beginnings of the largest strings"
        checked={strings && !masking}
        onChange={setStrings}
      />
      <div className={styles.actions}>
        <Button onClick={() => void save()}>Save as HTML</Button>
        <Button onClick={() => void copy()}>Copy as Markdown</Button>
      </div>
    </section>
  );
}

async function svgOf(chart: ShownChart): Promise<string | null> {
  try {
    return await (await chart.toBlob('svg')).text();
  } catch {
    // The chart is still being laid out. The report says that the picture is missing.
    return null;
  }
}

/** The address of the view. On a page that only this machine can open, just the hash. */
function linkToPage(): string {
  const { hostname, protocol, href, hash } = location;
  const isLocal = protocol === 'file:' || hostname === 'localhost' || hostname === '127.0.0.1';
  return isLocal ? hash : href;
}
