import { CopyButton } from '../../widgets/CopyButton.tsx';
import styles from './Landing.module.css';

const TAKE_A_DUMP = `require "objspace"; GC.start
File.open("heap.json", "wb") { |io| ObjectSpace.dump_all(output: io) }`;

const TRACE_ALLOCATIONS = `require "objspace"
ObjectSpace.trace_object_allocations_start`;

/** How to write a dump, and how to record where its objects were allocated. */
export function HowToDump() {
  return (
    <section>
      <h2>Take a heap dump</h2>
      <p>In the process you want to look at:</p>
      <Snippet code={TAKE_A_DUMP} label="Copy these two lines" />
      <p>
        To know where and when objects were allocated, switch tracing on early, such as at the top of{' '}
        <code>config/boot.rb</code>. It costs speed and memory while it is on. Without it there are no
        generations and allocation sites; everything else works.
      </p>
      <Snippet code={TRACE_ALLOCATIONS} label="Copy the lines that trace" />
    </section>
  );
}

function Snippet({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.snippet}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} accessibleLabel={label} />
    </div>
  );
}
