import { formatBytes } from '../protocol/format/bytes.ts';
import { formatCount } from '../protocol/format/counts.ts';
import { oneLine } from '../protocol/format/names.ts';
import { objectText } from '../protocol/format/object-text.ts';
import type { DocumentData } from './document-data.ts';
import { commandFor, dateOf, excerptText, groupName, pathSteps, subtitle, totalsOf } from './words.ts';

/** Rows per table: more would be too long for an issue or a chat. */
const ROWS = 10;

/** A report as Markdown, for an issue or a chat. Text of the dump is formatted as code, so that it cannot be markup. */
export function markdownDocument(data: DocumentData): string {
  const { info, options, overview } = data;
  const parts = [
    `## ${code(info.name)}`,
    `${subtitle(info)} · ${dateOf(options.madeAt)}`,
    options.filter === '' ? '' : `Only what this filter finds: ${code(options.filter)}`,
    totalsOf(overview, info)
      .map(([term, value]) => `${term}: **${value}**`)
      .join(' · '),
    part('What stands out', data.highlights.map(({ text }) => `- ${escaped(text)}`).join('\n')),
    part('What keeps the largest objects alive', data.paths.map(pathText).join('\n')),
    ...data.groups.map(({ title, rows }) =>
      part(
        title,
        table(
          [title, 'Objects', 'Shallow', 'Retained'],
          rows
            .slice(0, ROWS)
            .map(row => [
              code(groupName(row.label)),
              formatCount(row.objects),
              formatBytes(row.shallowBytes),
              formatBytes(row.retainedBytes),
            ]),
        ),
      ),
    ),
    part(
      'The largest strings',
      table(
        ['Beginning', 'Shallow'],
        data.strings.slice(0, ROWS).map(({ text, bytes }) => [code(excerptText(text)), formatBytes(bytes)]),
      ),
    ),
    part(
      'Reproduce',
      [options.link, commandFor(info, options)]
        .filter(line => line !== null)
        .map(line => `- ${code(line)}`)
        .join('\n'),
    ),
  ];
  return `${parts.filter(each => each !== '').join('\n\n')}\n`;
}

function part(title: string, content: string): string {
  return content === '' ? '' : `### ${title}\n\n${content}`;
}

function pathText({ row, path }: DocumentData['paths'][number]): string {
  const steps = pathSteps(path).map(step => `  ${code(step)}`);
  return `- ${code(objectText(row.object))} keeps ${formatBytes(row.object.retainedBytes)} alive:\n${steps.join(' →\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Text as code on one line, between more backticks than it contains in a row. */
function code(text: string): string {
  // A vertical bar would end the table cell, even within code.
  const line = oneLine(text).replaceAll('|', '\u2223') || ' ';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A sentence with names from the dump in it, escaped so that it contains no markup, mentions or links. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&')
    .replace(/[@:]/g, '$&\u200b');
}
