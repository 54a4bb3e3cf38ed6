import type { Finding, FindingKindInfo } from '../../../workers/protocol/findings.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { runtimeText } from '../../format/runtime.ts';

/** Figures with readable names: `effectiveGenerations` → "effective generations". */
export function figureTexts(figures: Finding['figures']): { name: string; text: string }[] {
  return Object.entries(figures).map(([key, value]) => ({
    name: key.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`),
    text: Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(3))),
  }));
}

/** Describes how findings of this kind are found; null if the kind is unknown. */
export function kindOf({ kind }: Finding, kinds: readonly FindingKindInfo[]): FindingKindInfo | null {
  return kinds.find(known => known.kind === kind) ?? null;
}

/** A finding as text for an issue or a chat, with how it was computed. Text from the dump is escaped. */
export function findingAsMarkdown(finding: Finding, info: FindingKindInfo | null): string {
  const { title, sentence, bytes, objects, certainty, figures, evidence, kind } = finding;
  const lines = [
    `### ${plain(title)}`,
    '',
    plain(sentence),
    '',
    `- ${formatBytes(bytes)} (${formatExactBytes(bytes)}), ${formatCountOf(objects, 'object')}; ${certainty}, kind ${code(kind)}`,
    ...figureTexts(figures).map(({ name, text }) => `- ${name}: ${text}`),
  ];
  if (evidence.length > 0) {
    lines.push('', '| evidence | objects | bytes |', '| --- | --: | --: |');
    for (const row of evidence) {
      const address = row.object === null ? '' : ` ${code(row.object.address)}`;
      const detail = row.detail === '' ? '' : ` (${plain(row.detail)})`;
      lines.push(
        `| ${plain(row.label)}${address}${detail} | ${row.objects === null ? '' : formatCount(row.objects)} | ${row.bytes === null ? '' : formatBytes(row.bytes)} |`,
      );
    }
  }
  if (info !== null)
    lines.push('', `How it was computed: ${plain(info.method)} After: ${plain(info.reference)}`);
  return `${lines.join('\n')}\n`;
}

/** All findings, below a heading that describes the dump. */
export function findingsAsMarkdown(
  findings: readonly Finding[],
  kinds: readonly FindingKindInfo[],
  snapshot: SnapshotInfo,
): string {
  const head = `## Findings in ${plain(snapshot.name)}\n\n${plain(runtimeText(snapshot))}, ${formatCountOf(snapshot.objects, 'object')}, ${formatBytes(snapshot.shallowBytes)}.\n`;
  return [head, ...findings.map(finding => findingAsMarkdown(finding, kindOf(finding, kinds)))].join('\n');
}

/** Escapes text so that Markdown shows it literally. */
function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~$&@]/g, character => `\\${character}`);
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', '')}\``;
}
