import { FolderOpen } from 'lucide-react';
import { oneLine } from '../../format/names.ts';
import { pickFiles } from '../../session/pick-files.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { MainLandmark } from '../../widgets/Tooltip.tsx';
import { Problems } from '../problem/Problems.tsx';
import { ThemeButton } from '../workspace/ThemeButton.tsx';
import { HowToDump } from './HowToDump.tsx';
import { KeptHeaps } from './KeptHeaps.tsx';
import styles from './Landing.module.css';
import { OfflineNotice } from './OfflineNotice.tsx';
import { RecentFiles } from './RecentFiles.tsx';
import { Samples } from './Samples.tsx';
import { SupportedFormats } from './SupportedFormats.tsx';

/** The page while nothing is open. */
export function Landing() {
  const { fileManager, recent } = useSession();
  const linkedDump = useApp(state => state.linkedDump);
  const against = useApp(state => state.linkedComparison?.against);
  const open = async () => fileManager.openAll(await pickFiles(recent.noting()));

  return (
    <MainLandmark className={styles.landing}>
      <div className={styles.theme}>
        <ThemeButton />
      </div>
      <div className={styles.column}>
        <h1 className={styles.title}>Heapscape</h1>
        <p className={styles.lead}>See what fills a Ruby heap and what keeps it alive.</p>
        <Problems />
        {linkedDump === null ? null : (
          <Notice>
            This link needs the file <strong>{oneLine(linkedDump)}</strong>
            {against === undefined ? null : (
              <>
                , compared with <strong>{oneLine(against)}</strong>
              </>
            )}
            . Drop it here to see what the link shows.
          </Notice>
        )}
        <section className={styles.target} aria-label="Open files">
          <p className={styles.drop}>Drop a heap dump anywhere on this window</p>
          <p className={styles.formats}>
            <code>ObjectSpace.dump_all</code> of Ruby 2.1 and later, plain, <code>.gz</code> or{' '}
            <code>.zst</code>, one or several files; profiles, reports and series too
          </p>
          <div className={styles.actions}>
            <Button look="primary" onClick={() => void open()}>
              <FolderOpen size={16} aria-hidden />
              Choose files…
            </Button>
            <Samples />
          </div>
        </section>
        <SupportedFormats />
        <HowToDump />
        <KeptHeaps />
        <RecentFiles />
        <section>
          <h2>Nothing leaves this computer</h2>
          <p>
            The dump is read by this tab, in your browser. There is no server to send it to: the page is a set
            of static files.
          </p>
          <details className={styles.details}>
            <summary>How that is enforced</summary>
            <p>
              The page carries a content security policy with which the browser itself refuses every
              connection to any place other than the one that served it (<code>connect-src 'self'</code>), to
              the page and to the workers that hold the dump. You can go offline before you drop a file:
              everything works without a network. Text from a dump is only ever shown as text.
            </p>
          </details>
          <OfflineNotice />
          <p className={styles.quiet}>
            Heapscape is free software: <a href="./licences.txt">licences of what it contains</a>.
          </p>
        </section>
      </div>
    </MainLandmark>
  );
}
