import { escapeMarkup } from '../../protocol/format/escape-markup.ts';
import { holdsText, measuredText, reasonLines, type Verdict } from './verdict.ts';

/** What a check prints. */
export const CHECK_FORMATS = ['text', 'junit', 'github'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Where the budget is, so that an annotation can point at a limit's line. */
export interface BudgetFile {
  path: string;
  text: string;
}

/** The verdicts as text, ending with a line end. */
export function printVerdicts(format: CheckFormat, verdicts: readonly Verdict[], budget: BudgetFile): string {
  switch (format) {
    case 'text':
      return asText(verdicts);
    case 'junit':
      return asJunit(verdicts);
    case 'github':
      return asAnnotations(verdicts, budget);
  }
}

function asText(verdicts: readonly Verdict[]): string {
  const lines = verdicts.flatMap(verdict => {
    const { limit, over, largest, dump } = verdict;
    if (over.length === 0) return [`ok    ${limit.text}  [${dump}]  ${holdsText(limit, largest)}`];
    return [`OVER  ${limit.text}  [${dump}]`, ...linesOf(verdict).map(line => `      ${line}`)];
  });
  const failed = verdicts.filter(({ over }) => over.length > 0).length;
  const summary = failed === 0 ? allHold(verdicts) : `${failed} of ${verdicts.length} limits exceeded.`;
  return `${[...lines, summary].join('\n')}\n`;
}

function allHold({ length }: readonly Verdict[]): string {
  return length === 1 ? 'The limit holds.' : `All ${length} limits hold.`;
}

/** Groups that are printed of one limit. */
const SHOWN = 10;

/** The reason for the limit, what exceeds it, and why. */
function linesOf({ limit, over }: Verdict): string[] {
  const lines = limit.why === null ? [] : [limit.why];
  for (const { measured, reasons } of over.slice(0, SHOWN)) {
    lines.push(measuredText(limit, measured));
    if (reasons !== null) lines.push(...reasonLines(limit.measure, reasons).map(line => `  ${line}`));
  }
  if (over.length > SHOWN) lines.push(`and ${over.length - SHOWN} more`);
  return lines;
}

/** JUnit XML, as Jenkins, GitLab and CircleCI read it: a test case for each limit and dump. */
function asJunit(verdicts: readonly Verdict[]): string {
  const failures = verdicts.filter(({ over }) => over.length > 0).length;
  const cases = verdicts.map(verdict => {
    const head = `    <testcase name="${xml(verdict.limit.text)}" classname="${xml(verdict.dump)}"`;
    if (verdict.over.length === 0) return `${head}/>`;
    const [first] = verdict.over;
    const message = xml(measuredText(verdict.limit, first!.measured));
    const text = xml(linesOf(verdict).join('\n'));
    return `${head}>\n      <failure type="budget" message="${message}">${text}</failure>\n    </testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="heapscape check" tests="${verdicts.length}" failures="${failures}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

/** Text for an attribute or an element; an attribute would lose its line ends. */
function xml(text: string): string {
  return escapeMarkup(text).replace(/[\n\r\t]/g, character => `&#${character.charCodeAt(0)};`);
}

/** Workflow commands of GitHub Actions: an error for each limit that is exceeded, at its line of the budget. */
function asAnnotations(verdicts: readonly Verdict[], { path, text }: BudgetFile): string {
  const lines = verdicts
    .filter(({ over }) => over.length > 0)
    .map(verdict => {
      const at = text.indexOf(JSON.stringify(verdict.limit.text));
      const line = at < 0 ? '' : `,line=${text.slice(0, at).split('\n').length}`;
      const title = `Over the heap budget: ${verdict.limit.text}`;
      const message = [verdict.dump, ...linesOf(verdict)].join('\n');
      return `::error file=${property(path)}${line},title=${property(title)}::${data(message)}`;
    });
  return lines.length === 0 ? `${allHold(verdicts)}\n` : `${lines.join('\n')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
