/** Ways to combine terms, each with an example to click. */
export const COMBINATIONS: readonly { example: string; means: string }[] = [
  { example: 'class:User gen:40..52', means: 'A space means and: both must hold.' },
  {
    example: 'class:User or class:Order',
    means: 'At least one must hold. “and” binds more tightly than “or”.',
  },
  { example: 'type:STRING -is:frozen', means: 'A minus, or “not”, excludes what follows.' },
  { example: '(gem:rack or gem:activerecord) retained>1KB', means: 'Parentheses group terms.' },
];
