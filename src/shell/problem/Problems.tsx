import type { Problem } from '../../../workers/protocol/errors.ts';
import { formatBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import styles from './Problems.module.css';

/** Problems that were not dismissed, each in full: what happened, what to do, details to copy. */
export function Problems() {
  const problems = useApp(state => state.problems);
  if (problems.length === 0) return null;
  return (
    <div className={styles.list}>
      {problems.map((problem, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same failure can stand there twice.
        <ProblemNotice key={at} problem={problem} />
      ))}
    </div>
  );
}

function ProblemNotice({ problem }: { problem: Problem }) {
  const { fileManager } = useSession();
  const dismiss = useApp(state => state.problemDismissed);
  const othersAreOpen = useApp(state => state.active !== null);
  const file = fileManager.fileOf(problem);
  const openAgain = (options: { ignoreMemoryLimit?: boolean }) => {
    dismiss(problem);
    if (file !== null) void fileManager.open(file, options);
  };
  return (
    <Notice tone="danger">
      <p className={styles.title}>{titleOf(problem, othersAreOpen)}</p>
      <p>{problem.message}</p>
      {problem.looksLike === undefined || problem.message.includes(problem.looksLike) ? null : (
        <p>It looks like {problem.looksLike}.</p>
      )}
      {problem.neededBytes === undefined ? null : (
        <p>
          It needs about {formatBytes(problem.neededBytes)} of memory
          {problem.availableBytes === undefined
            ? '.'
            : `; about ${formatBytes(problem.availableBytes)} are believed to be available.`}
        </p>
      )}
      <p>{problem.advice}</p>
      {problem.details === undefined ? null : (
        <details className={styles.details}>
          <summary>Details</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
          <pre tabIndex={0}>{problem.details}</pre>
        </details>
      )}
      <div className={styles.actions}>
        {problem.code === 'too-large' && file !== null ? (
          <Button onClick={() => openAgain({ ignoreMemoryLimit: true })}>Open anyway</Button>
        ) : null}
        {problem.code === 'thread-lost' && file !== null ? (
          <Button onClick={() => openAgain({})}>Open it again</Button>
        ) : null}
        <CopyButton text={() => problemText(problem)} label="Copy the details" />
        <Button onClick={() => dismiss(problem)}>Dismiss</Button>
      </div>
    </Notice>
  );
}

function titleOf({ code, file }: Problem, othersAreOpen: boolean): string {
  const name = oneLine(file);
  switch (code) {
    case 'thread-lost':
      return `${name} is not open any more`;
    case 'folder':
      return `Not everything in the folder ${name} was opened`;
    case 'link-incomplete':
      return 'A part of the link was left out';
    case 'link-other-dump':
      return 'This link was made for another dump';
    default:
      return `${name} was not opened${othersAreOpen ? '. Your open dumps are unchanged' : ''}`;
  }
}

/** A problem as plain text, for a bug report. */
export function problemText(problem: Problem): string {
  return [
    `${problem.file === '' ? '' : `${problem.file}: `}${problem.message} [${problem.code}]`,
    problem.looksLike === undefined ? '' : `Looks like: ${problem.looksLike}`,
    problem.advice,
    problem.details ?? '',
  ]
    .filter(line => line !== '')
    .join('\n');
}
