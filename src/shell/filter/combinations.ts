/** How terms are put together, each with a filter to click. */
export const COMBINATIONS: readonly { example: string; means: string }[] = [
  { example: 'class:User gen:40..52', means: 'A space means and: both must hold.' },
  { example: 'class:User or class:Order', means: 'Either holds. “and” binds more closely than “or”.' },
  { example: 'type:STRING -is:frozen', means: 'A minus, or “not”, before what must not hold.' },
  { example: '(gem:rack or gem:activerecord) retained>1KB', means: 'Parentheses say what belongs together.' },
];
