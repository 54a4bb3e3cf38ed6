import type { FixCheck } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { oneLine } from '../../format/names.ts';
import { describeSet } from '../../state/chips.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { formatBytesChange } from './changes.ts';

/** Verdicts on a fix, as shown to the user. */
export const FIX_VERDICTS: Readonly<Record<FixCheck['verdict'], string>> = {
  fixed: 'Fixed.',
  better: 'Better, not fixed.',
  'not fixed': 'Not fixed.',
  worse: 'Worse.',
  'nothing grew': 'Nothing grew.',
  'too few': 'Too few dumps.',
};

/** The check as Markdown: verdict, its numbers, and a table of the groups. */
export function fixMarkdown(check: FixCheck, groupBy: GroupingKey): string {
  const cell = (text: string) =>
    oneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('`', '\\`');
  const change = (bytes: number) => formatBytesChange(Math.round(bytes));
  const names = (dumps: readonly string[]) => dumps.map(cell).join(', ');
  const rows = check.rows.map(({ label, before, after, outcome }) => {
    const name = label ?? describeSet({ kind: 'group', key: groupBy, label: null });
    return `| ${cell(name)} | ${change(before.slopePerDump)} | ${change(after.slopePerDump)} | ${outcome} |`;
  });
  return [
    `**${FIX_VERDICTS[check.verdict]}** ${check.sentence}`,
    '',
    `- Before the fix: ${names(check.before)}. What grew took ${change(check.slopeBefore)} per dump.`,
    `- After it: ${names(check.after)}. What grows takes ${change(check.slopeAfter)} per dump.`,
    '',
    ...(rows.length === 0
      ? []
      : [
          `| ${GROUPING_KEY_NAMES[groupBy].name} | before, per dump | after, per dump | outcome |`,
          '| --- | ---: | ---: | --- |',
          ...rows,
          '',
        ]),
  ].join('\n');
}
