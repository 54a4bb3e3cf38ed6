/** Mixes two colours, both `#rrggbb`: `share` 0 gives the first, 1 the second. */
export function blend(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map(at => {
    const [start, end] = [from, to].map(colour => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(start! + (end! - start!) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
