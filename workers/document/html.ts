import type { DocumentOptions } from '../protocol/document.ts';
import { formatBytes } from '../protocol/format/bytes.ts';
import { formatCount } from '../protocol/format/counts.ts';
import { escapeMarkup } from '../protocol/format/escape-markup.ts';
import { objectText } from '../protocol/format/object-text.ts';
import type { DocumentData } from './document-data.ts';
import { generationsPicture, legend, treemapPicture } from './pictures.ts';
import { STYLE } from './style.ts';
import { commandFor, dateOf, excerptText, groupName, pathSteps, subtitle, totalsOf } from './words.ts';

/** Nothing is loaded or executed, whatever the names in the dump contain: the browser enforces this policy. */
const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one self-contained HTML file. All text of the dump is escaped. */
export function htmlDocument(data: DocumentData): string {
  const { info, options, overview } = data;
  const treemap = treemapPicture(data.tree);
  const sections = [
    section('What stands out', list(data.highlights.map(({ text }) => e(text)))),
    onScreen(options.pictures),
    section('What keeps what alive', treemap === '' ? '' : `${treemap}\n${legend(info.vocabulary.families)}`),
    section('When it was allocated', generationsPicture(data.generations)),
    section('The largest objects', paths(data)),
    ...data.groups.map(({ title, rows, total }) =>
      section(
        rows.length < total ? `${title} (${formatCount(rows.length)} of ${formatCount(total)})` : title,
        table(
          [title, 'Objects', 'Shallow', 'Retained'],
          rows.map(row => [
            e(groupName(row.label)),
            formatCount(row.objects),
            formatBytes(row.shallowBytes),
            formatBytes(row.retainedBytes),
          ]),
        ),
      ),
    ),
    section(
      'Objects by retained size',
      table(
        ['Object', 'Shallow', 'Retained'],
        overview.topRetained.map(({ object }) => [
          e(objectText(object)),
          formatBytes(object.shallowBytes),
          formatBytes(object.retainedBytes),
        ]),
      ),
    ),
    section(
      'The largest strings',
      table(
        ['Beginning', 'Shallow'],
        data.strings.map(({ text, bytes }) => [e(excerptText(text)), formatBytes(bytes)]),
      ),
    ),
    section('Reproduce', reproduce(data)),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(info.name)} – Heapscape report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${e(info.name)}</h1>
<p class="muted">${e(subtitle(info))} · <time>${dateOf(options.madeAt)}</time></p>
${options.filter === '' ? '' : `<p>Only what this filter finds: <code>${e(options.filter)}</code></p>\n`}<dl>${totalsOf(
    overview,
    info,
  )
    .map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`)
    .join('')}</dl>
${sections.filter(each => each !== '').join('\n')}
</body>
</html>
`;
}

const e = escapeMarkup;

/** A section; nothing if its content is empty. */
function section(title: string, content: string): string {
  return content === '' ? '' : `<section>\n<h2>${e(title)}</h2>\n${content}\n</section>`;
}

/** Maximum size of all pictures in a report, in characters, so that it can be sent around. */
const PICTURE_CHARACTERS = 160 * 1024;

/**
 * The charts that were on screen. As images, they are not affected by styles of the report, and nothing in them can
 * run.
 */
function onScreen(pictures: DocumentOptions['pictures']): string {
  let left = PICTURE_CHARACTERS;
  const figures = pictures.map(({ label, svg }) => {
    if (svg === null) return `<p>${e(label)}: it was not drawn yet.</p>`;
    const data = base64Of(svg);
    if (data.length > left) return `<p>${e(label)}: too large for a report. Its view saves it as a file.</p>`;
    left -= data.length;
    const image = `<img src="data:image/svg+xml;base64,${data}" alt="${e(label)}">`;
    return `<figure>${image}<figcaption>${e(label)}</figcaption></figure>`;
  });
  return section('On screen', figures.join('\n'));
}

function base64Of(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

/** A table whose first column is text and whose others are numbers. Cells are markup. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell, at) => `<${tag}${at === 0 ? '' : ' class="number"'}>${cell}</${tag}>`).join('');
  const body = rows.map(row => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function paths(data: DocumentData): string {
  return data.paths
    .map(({ row, path }) => {
      const steps = pathSteps(path).map(step => `<li>${e(step)}</li>`);
      const bytes = formatBytes(row.object.retainedBytes);
      return `<p><strong>${e(objectText(row.object))}</strong> keeps ${bytes} alive, on the way</p><ol class="path">${steps.join('')}</ol>`;
    })
    .join('\n');
}

function reproduce({ info, options }: DocumentData): string {
  const link =
    options.link === null ? '' : `<p>In the page, with the same dump open:</p><pre>${e(options.link)}</pre>`;
  return `${link}<p>On the command line:</p><pre>${e(commandFor(info, options))}</pre>`;
}
