import { Fragment } from 'react';
import { declarationOf, FLAGS, TERM_NAMES, WORDS } from '../../../workers/protocol/filter/terms.ts';
import { useAppStore, useFlags } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { COMBINATIONS } from './combinations.ts';
import styles from './FilterHelp.module.css';

/** Help on the filter language, from its declarations; clicking an example puts it into the input. */
export default function FilterHelp() {
  const flags = useFlags();
  const { setOverlay, setDraft } = useAppStore().getState();
  const tryOut = (example: string) => {
    setDraft({ text: example, replaces: null });
    setOverlay(null);
  };
  const row = (name: string, help: string, examples: readonly string[]) => (
    <Fragment key={name}>
      <dt>{name}</dt>
      <dd>
        {help}
        <span className={styles.examples}>
          {examples.map(example => (
            <Button key={example} look="link" onClick={() => tryOut(example)}>
              <code>{example}</code>
            </Button>
          ))}
        </span>
      </dd>
    </Fragment>
  );
  return (
    <Dialog label="How to filter" onClose={() => setOverlay(null)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
      <div className={styles.sheet} tabIndex={0}>
        <section>
          <h3>Together</h3>
          <dl className={styles.list}>
            {COMBINATIONS.map(({ example, means }) => row(means, '', [example]))}
          </dl>
        </section>
        <section>
          <h3>Terms</h3>
          <dl className={styles.list}>
            {row('a text', WORDS.help, WORDS.examples)}
            {TERM_NAMES.map(name => row(name, declarationOf(name).help, declarationOf(name).examples))}
          </dl>
        </section>
        <section>
          <h3>Properties</h3>
          <dl className={styles.list}>{flags.map(flag => row(flag, `${FLAGS[flag]} `, [`is:${flag}`]))}</dl>
        </section>
      </div>
    </Dialog>
  );
}
