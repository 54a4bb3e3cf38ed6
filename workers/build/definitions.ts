/** Anchors of the sections of a Markdown document, derived from the headings like GitHub's. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{2,} (.+)$/gm)].map(match => match[1]!);
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/**
 * The problems with citations of `numbers.md` in source texts (by file name), one sentence each: a citation without a
 * section or of one that does not exist, and a section that nothing cites.
 */
export function checkCitations(anchors: ReadonlySet<string>, texts: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const cited = new Set<string>();
  for (const [file, text] of texts) {
    for (const [, anchor] of text.matchAll(/\bnumbers\.md(?!#\$)(?:#([\w-]+))?/g)) {
      if (anchor === undefined) problems.push(`${file} cites numbers.md without a section`);
      else if (!anchors.has(anchor))
        problems.push(`${file} cites numbers.md#${anchor}, which does not exist`);
      else cited.add(anchor);
    }
  }
  for (const anchor of anchors) {
    if (!cited.has(anchor)) problems.push(`numbers.md#${anchor} is cited nowhere`);
  }
  return problems;
}
