import type { ByteSource } from './files/byte-source.ts';
import { collapsedLines, speedscope } from './profiles/collapsed/collapsed.ts';
import type { Opened } from './profiles/model/profile.ts';
import { openProfile } from './profiles/open-profile.ts';
import { profileReport } from './profiles/report.ts';
import { ProblemError } from './protocol/errors.ts';

/** How a profile is printed: as its report, or its first tree in a format of other programs. */
export type ProfileOutput = 'report' | 'collapsed' | 'speedscope';

/** Whether a word on the command line names an output. */
export function isProfileOutput(word: string): word is ProfileOutput {
  return word === 'report' || word === 'collapsed' || word === 'speedscope';
}

/**
 * Reads a file that is not a heap dump, and returns the text to print. Throws a `ProblemError` if it cannot be read.
 */
export async function printProfile(source: ByteSource, output: ProfileOutput, top: number): Promise<string> {
  const opened = await openProfile(source, { onProgress: () => undefined });
  if (output === 'report') return `${JSON.stringify(profileReport(opened, top), null, 2)}\n`;
  const tree = treeOf(opened, source);
  if (output === 'speedscope') return `${JSON.stringify(speedscope(tree, source.name))}\n`;
  return `${[...collapsedLines(tree, tree.weights[0]!)].join('\n')}\n`;
}

function treeOf(opened: Opened, source: ByteSource) {
  if (opened.kind === 'profile') return opened.trees[0]!;
  throw new ProblemError({
    code: 'not-a-dump',
    file: source.name,
    message: 'A series has no call stacks.',
    advice: 'Print its report instead.',
    looksLike: 'a series',
  });
}
